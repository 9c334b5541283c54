package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/** Writes errors in the five forms AWS has for them. */
final class WireErrors {
    /** Members of errors that AWS sends as headers. */
    private static final List<String> HEADERS = List.of("Retry-After", "x-amz-bucket-region");

    private static final String XML = "text/xml;charset=UTF-8";

    private WireErrors() {}

    static WireAnswer write(WireProtocol protocol, SimulatorError error, String requestId) {
        WireAnswer answer =
                switch (protocol) {
                    case EC2_QUERY -> WireAnswer.of(error.status(), XML, ec2(error, requestId));
                    case QUERY -> WireAnswer.of(error.status(), XML, query(error, requestId));
                    case REST_XML ->
                        WireAnswer.of(error.status(), "application/xml", s3(error, requestId))
                                .with("x-amz-request-id", requestId)
                                .with("x-amz-id-2", requestId + "/simulated");
                    case JSON -> json(error, JsonProtocol.CONTENT_TYPE);
                    case REST_JSON -> json(error, "application/json").with("x-amzn-ErrorType", error.code());
                };
        WireAnswer identified = answer.with("x-amzn-RequestId", requestId);
        return HEADERS.stream()
                .filter(error.members()::containsKey)
                .reduce(
                        identified,
                        (told, name) -> told.with(name, error.members().get(name)),
                        (one, other) -> other);
    }

    private static String ec2(SimulatorError error, String requestId) {
        XmlWriter out =
                new XmlWriter().declaration().open("Response").open("Errors").open("Error");
        out.element("Code", error.code()).element("Message", error.getMessage());
        writeMembers(out, error);
        return out.close("Error")
                .close("Errors")
                .element("RequestID", requestId)
                .close("Response")
                .toString();
    }

    private static String query(SimulatorError error, String requestId) {
        XmlWriter out = new XmlWriter().open("ErrorResponse").open("Error");
        out.element("Type", error.status() < 500 ? "Sender" : "Receiver");
        out.element("Code", error.code()).element("Message", error.getMessage());
        writeMembers(out, error);
        return out.close("Error")
                .element("RequestId", requestId)
                .close("ErrorResponse")
                .toString();
    }

    private static String s3(SimulatorError error, String requestId) {
        XmlWriter out = new XmlWriter().declaration().open("Error");
        out.element("Code", error.code()).element("Message", error.getMessage());
        writeMembers(out, error);
        return out.element("RequestId", requestId)
                .element("HostId", requestId + "/simulated")
                .close("Error")
                .toString();
    }

    private static void writeMembers(XmlWriter out, SimulatorError error) {
        error.members().forEach(out::element);
    }

    /** Some SSM errors carry no message; then none may be sent, or clients show an empty one. */
    private static WireAnswer json(SimulatorError error, String contentType) {
        try (JsonWriter out = JsonWriter.create()) {
            out.writeStartObject();
            out.writeFieldName("__type").writeValue(error.code());
            if (!error.getMessage().isEmpty()) {
                out.writeFieldName("message").writeValue(error.getMessage());
            }
            for (Map.Entry<String, String> member : error.members().entrySet()) {
                out.writeFieldName(member.getKey()).writeValue(member.getValue());
            }
            out.writeEndObject();
            return WireAnswer.of(error.status(), contentType, new String(out.getBytes(), UTF_8));
        }
    }
}
