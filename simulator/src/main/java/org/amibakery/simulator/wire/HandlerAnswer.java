package org.amibakery.simulator.wire;

import software.amazon.awssdk.core.SdkPojo;

/** What a handler answered: the record, and the streamed output, empty where the operation has none. */
final class HandlerAnswer {
    private final SdkPojo response;
    private final byte[] stream;

    HandlerAnswer(SdkPojo response, byte[] stream) {
        this.response = response;
        this.stream = stream;
    }

    SdkPojo response() {
        return response;
    }

    byte[] stream() {
        return stream;
    }
}
