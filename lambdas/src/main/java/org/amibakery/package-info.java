/** Placeholder until the module has its first package. */
package org.amibakery;
