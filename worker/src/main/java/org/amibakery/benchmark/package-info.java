/** Measures the product beside Packer, on one simulator and one machine, in processes of their own. */
package org.amibakery.benchmark;
