package org.amibakery.simulator.wire;

/** Speaks one wire protocol: requests in, answers out. */
interface Codec {
    /**
     * Decodes a request.
     *
     * @throws SimulatorError for an unknown operation or a malformed request
     */
    DecodedCall decode(WireRequest request, OperationIndex index);

    /** Encodes a handler's answer. */
    WireAnswer encode(DecodedCall call, HandlerAnswer answer, String requestId);

    /** Finds the codec of a protocol. */
    static Codec of(WireProtocol protocol) {
        return switch (protocol) {
            case EC2_QUERY, QUERY -> new FormProtocol(protocol);
            case JSON -> new JsonProtocol();
            case REST_JSON, REST_XML -> new RestProtocol(protocol);
        };
    }

    /** Finds an operation by name, and tells what is unknown to AWS from what is unknown to the simulator. */
    static Operation find(WireProtocol protocol, OperationIndex index, String name) {
        return index.simulated(name)
                .orElseThrow(() -> index.known(name).isPresent()
                        ? Refusal.NOT_SIMULATED.in(protocol, "The simulator does not know the operation " + name)
                        : Refusal.UNKNOWN_OPERATION.in(
                                protocol, "The action " + name + " is not valid for this web service."));
    }
}
