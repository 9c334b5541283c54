/** Reaches Temporal: by the standard profile and variables, or inside this process. */
package org.amibakery.temporal;
