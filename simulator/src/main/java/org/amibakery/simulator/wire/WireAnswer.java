package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An HTTP answer ready to be sent. */
final class WireAnswer {
    private final int status;
    private final Headers headers;
    private final byte[] body;

    private WireAnswer(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static WireAnswer of(int status, String contentType, String body) {
        return new WireAnswer(status, new Headers().set("Content-Type", contentType), body.getBytes(UTF_8));
    }

    static WireAnswer of(int status, Headers headers, byte[] body) {
        return new WireAnswer(status, headers, body);
    }

    WireAnswer with(String header, String value) {
        Headers more = headers.copy().set(header, value);
        return new WireAnswer(status, more, body);
    }

    WireAnswer withStatus(int newStatus) {
        return new WireAnswer(newStatus, headers, body);
    }

    WireAnswer withBody(byte[] newBody) {
        return new WireAnswer(status, headers, newBody);
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
