package org.amibakery.simulator.wire;

/** A request whose sender is known, with its body as the sender meant it. */
record VerifiedRequest(Scope scope, WireRequest request) {}
