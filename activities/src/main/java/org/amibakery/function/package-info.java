/** Asks the bakery's functions, on Lambda or in the worker's own process. */
package org.amibakery.function;
