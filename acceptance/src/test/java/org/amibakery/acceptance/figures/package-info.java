/** Counts what the fault suites tried and what was left, so that the documentation need not be told by hand. */
package org.amibakery.acceptance.figures;
