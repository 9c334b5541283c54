/** Waits by Temporal itself for bakes that somebody else started. */
package org.amibakery.window.temporal;
