package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/** Speaks the REST protocols: JSON bodies (Lambda) and XML bodies (S3). */
final class RestProtocol implements Codec {
    private final WireProtocol protocol;
    private final RestBinding binding;
    private final JsonCodec json;
    private final Map<OperationIndex, RestRouter> routers = new ConcurrentHashMap<>();

    RestProtocol(WireProtocol protocol) {
        this.protocol = protocol;
        this.binding = new RestBinding(protocol);
        this.json = new JsonCodec(protocol);
    }

    @Override
    public DecodedCall decode(WireRequest request, OperationIndex index) {
        RestRouter router = routers.computeIfAbsent(index, missing -> new RestRouter(protocol, missing));
        Route route = router.route(request);
        Operation operation = route.operation();
        SdkPojo builder = operation.newRequest();
        binding.read(builder, request, route.variables(request.rawPath()).orElseThrow());
        readBody(builder, operation, request.body());
        return new DecodedCall(operation, Members.build(builder), request);
    }

    @Override
    public WireAnswer encode(DecodedCall call, HandlerAnswer answer, String requestId) {
        SdkPojo response = answer.response();
        Headers headers = RestBinding.headersOf(response);
        byte[] body = answer.stream().length > 0 ? answer.stream() : bodyOf(call.operation(), response);
        if (body.length > 0 && !headers.has("Content-Type")) {
            headers.set("Content-Type", protocol == WireProtocol.REST_XML ? "application/xml" : "application/json");
        }
        WireAnswer encoded =
                WireAnswer.of(RestBinding.statusOf(response), headers, body).with("x-amzn-RequestId", requestId);
        return protocol == WireProtocol.REST_XML ? S3Habits.apply(call, encoded, requestId) : encoded;
    }

    private void readBody(SdkPojo builder, Operation operation, byte[] body) {
        if (operation.binding().hasStreamingInput() || body.length == 0) {
            return;
        }
        Members.payloadOf(builder)
                .ifPresentOrElse(
                        field -> field.set(builder, payload(field, body)),
                        () -> readDocument(builder, operation, body));
    }

    private Object payload(SdkField<?> field, byte[] body) {
        return switch (Members.typeOf(field)) {
            case SDK_BYTES -> SdkBytes.fromByteArray(body);
            case SDK_POJO ->
                protocol == WireProtocol.REST_XML
                        ? XmlCodec.read(Members.builderOf(field), parse(body))
                        : json.read(Members.builderOf(field), body);
            case STRING,
                    INTEGER,
                    LONG,
                    SHORT,
                    BYTE,
                    FLOAT,
                    DOUBLE,
                    BIG_DECIMAL,
                    BOOLEAN,
                    INSTANT,
                    LIST,
                    MAP,
                    DOCUMENT,
                    NULL -> new String(body, UTF_8);
        };
    }

    /** The members of the body stand at its root. */
    private void readDocument(SdkPojo builder, Operation operation, byte[] body) {
        if (protocol == WireProtocol.REST_JSON && operation.binding().hasImplicitPayloadMembers()) {
            json.fill(builder, body);
        }
    }

    private static XmlElement parse(byte[] body) {
        try {
            return XmlElement.parse(body);
        } catch (XMLStreamException malformed) {
            throw Refusal.MALFORMED_BODY.in(
                    WireProtocol.REST_XML,
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
    }

    private byte[] bodyOf(Operation operation, SdkPojo response) {
        return Members.payloadOf(response)
                .map(field -> Members.valueOf(field, response)
                        .map(value -> payload(field, value))
                        .orElse(S3Habits.emptyPayload(operation)))
                .orElseGet(() -> document(operation, response));
    }

    private byte[] payload(SdkField<?> field, Object value) {
        if (value instanceof SdkBytes bytes) {
            return bytes.asByteArray();
        }
        if (Members.typeOf(field) == MarshallingKnownType.SDK_POJO && protocol == WireProtocol.REST_JSON) {
            return JsonCodec.write((SdkPojo) value);
        }
        if (Members.typeOf(field) == MarshallingKnownType.SDK_POJO || S3Habits.isBareElement(field)) {
            XmlWriter out = new XmlWriter().declaration();
            XmlCodec.write(out, field, value);
            return out.toString().getBytes(UTF_8);
        }
        return value.toString().getBytes(UTF_8);
    }

    private byte[] document(Operation operation, SdkPojo response) {
        boolean bodiless =
                response.sdkFields().stream().noneMatch(field -> Members.isIn(field, MarshallLocation.PAYLOAD));
        if (bodiless) {
            return new byte[0];
        }
        if (protocol == WireProtocol.REST_JSON) {
            return JsonCodec.write(response);
        }
        String root = S3Habits.rootOf(operation);
        XmlWriter out = new XmlWriter().declaration().open(root, S3Habits.NAMESPACE);
        XmlCodec.write(out, response);
        return out.close(root).toString().getBytes(UTF_8);
    }
}
