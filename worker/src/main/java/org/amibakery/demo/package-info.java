/** A whole installation on the simulator: for demonstrations, development and tests; never for a configured one. */
package org.amibakery.demo;
