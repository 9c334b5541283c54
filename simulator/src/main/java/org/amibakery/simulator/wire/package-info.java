/** Speaks the AWS wire protocols: one generic codec over the SDK's own field metadata, for every simulated service. */
package org.amibakery.simulator.wire;
