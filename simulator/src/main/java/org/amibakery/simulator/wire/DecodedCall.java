package org.amibakery.simulator.wire;

import software.amazon.awssdk.core.SdkPojo;

/**
 * A request as a handler gets it.
 *
 * @param operation what is asked for
 * @param request the decoded record
 * @param http the HTTP request it came in; its body is the streamed input, where the operation has one
 */
record DecodedCall(Operation operation, SdkPojo request, WireRequest http) {}
