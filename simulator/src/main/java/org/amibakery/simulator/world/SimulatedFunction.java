package org.amibakery.simulator.world;

/** The code of a Lambda function: payload in, payload out. What it throws becomes a function error (HTTP 200). */
@FunctionalInterface
public interface SimulatedFunction {
    byte[] invoke(byte[] payload) throws Exception;
}
