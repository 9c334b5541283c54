/**
 * The three functions that run inside AWS, `find-foundation-image`, `clean-up-images` and `clean-up-orphans`, and what they
 * share: strict JSON, failures with a stable type, one EC2 client per region. Each function is a plain class over EC2 clients with a thin
 * Lambda entry, so that the worker and the simulator run the same code in process.
 */
package org.amibakery.lambdas;
