/** The function `find-foundation-image`: the newest available image of trusted owners. */
package org.amibakery.lambdas.foundation;
