package org.amibakery.simulator.wire;

/** An HTTP request as it was sent: the path is not decoded, since an encoded slash is part of a name. */
final class WireRequest {
    private final String method;
    private final String rawPath;
    private final String rawQuery;
    private final Headers headers;
    private final byte[] body;

    private WireRequest(String method, String rawPath, String rawQuery, Headers headers, byte[] body) {
        this.method = method;
        this.rawPath = rawPath;
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
    }

    /** Builds a request to a target such as {@code /bucket/key?uploads}. */
    static WireRequest of(String method, String target, Headers headers, byte[] body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new WireRequest(method, path.isEmpty() ? "/" : path, query, headers, body);
    }

    WireRequest withBody(Headers newHeaders, byte[] newBody) {
        return new WireRequest(method, rawPath, rawQuery, newHeaders, newBody);
    }

    String method() {
        return method;
    }

    String rawPath() {
        return rawPath;
    }

    String rawQuery() {
        return rawQuery;
    }

    Parameters query() {
        return Parameters.ofQuery(rawQuery);
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
