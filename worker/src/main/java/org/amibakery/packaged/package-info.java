/** The files of the repository that come with the program. */
package org.amibakery.packaged;
