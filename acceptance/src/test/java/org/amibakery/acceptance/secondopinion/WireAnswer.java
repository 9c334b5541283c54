package org.amibakery.acceptance.secondopinion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** An answer as it goes over the wire. */
final class WireAnswer {
    private static final int OK = 200;
    private static final String CONTENT_TYPE = "Content-Type";

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    WireAnswer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    /** What EC2 answers. */
    static WireAnswer xml(String operation, String content) {
        String body =
                "<%sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>of-the-shim</requestId>%s</%sResponse>"
                        .formatted(operation, content, operation);
        return new WireAnswer(OK, Map.of(CONTENT_TYPE, List.of("text/xml;charset=UTF-8")), body.getBytes(UTF_8));
    }

    /** What Systems Manager answers. */
    static WireAnswer json(String body) {
        return new WireAnswer(OK, Map.of(CONTENT_TYPE, List.of("application/x-amz-json-1.1")), body.getBytes(UTF_8));
    }

    String text() {
        return new String(body, UTF_8);
    }

    boolean isGood() {
        return status == OK;
    }
}
