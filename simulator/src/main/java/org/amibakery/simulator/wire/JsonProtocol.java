package org.amibakery.simulator.wire;

/** Speaks AWS JSON 1.1: the operation is in the header {@code X-Amz-Target}. */
final class JsonProtocol implements Codec {
    static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private final JsonCodec json = new JsonCodec(WireProtocol.JSON);

    @Override
    public DecodedCall decode(WireRequest request, OperationIndex index) {
        String target = request.headers().first("X-Amz-Target").orElse("");
        Operation operation = Codec.find(WireProtocol.JSON, index, target.substring(target.lastIndexOf('.') + 1));
        return new DecodedCall(operation, json.read(operation.newRequest(), request.body()), request);
    }

    @Override
    public WireAnswer encode(DecodedCall call, HandlerAnswer answer, String requestId) {
        Headers headers = new Headers().set("Content-Type", CONTENT_TYPE).set("x-amzn-RequestId", requestId);
        return WireAnswer.of(200, headers, JsonCodec.write(answer.response()));
    }
}
