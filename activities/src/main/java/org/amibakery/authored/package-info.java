/** Reads what people write (recipes, the installation's configuration) and tells them precisely what to change. */
package org.amibakery.authored;
