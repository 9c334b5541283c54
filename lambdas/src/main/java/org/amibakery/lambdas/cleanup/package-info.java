/** The function `clean-up-images`: which old images of a family go, the proof that nothing uses them, the deletion. */
package org.amibakery.lambdas.cleanup;
