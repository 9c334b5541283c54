package org.amibakery.simulator.wire;

import software.amazon.awssdk.core.SdkPojo;

/** A decoded call as a fault's trigger sees it. */
record FaultedCall(Scope scope, String operation, SdkPojo request) {}
