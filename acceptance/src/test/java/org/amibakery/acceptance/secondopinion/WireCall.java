package org.amibakery.acceptance.secondopinion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as it came over the wire, with what it is about. */
final class WireCall {
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");
    private static final String FUNCTIONS = "/2015-03-31/functions";

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    /**
     * Takes its parts.
     *
     * @param target path and query, undecoded
     */
    WireCall(String method, String target, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    /** By name in any case. */
    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    /** Which service it is signed for, as in {@code ec2}. */
    String service() {
        return scope(3);
    }

    String region() {
        return scope(2);
    }

    String accessKeyId() {
        return scope(1);
    }

    /** Service and operation, as in {@code ec2:RunInstances}; of S3 the method and what it is about. */
    String operation() {
        return service() + ":"
                + header("X-Amz-Target")
                        .map(header -> header.substring(header.indexOf('.') + 1))
                        .or(() -> parameter("Action"))
                        .orElseGet(this::restOperation);
    }

    /** The value of a form's parameter. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(form().get(name));
    }

    /** The values of a form's list, in their order. */
    List<String> valuesOf(String name) {
        return form().entrySet().stream()
                .filter(parameter -> parameter.getKey().matches(Pattern.quote(name) + "\\.\\d+"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The parameters of a form, in their order; empty if this is none. */
    Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        if (header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            for (String pair : text().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                form.put(
                        URLDecoder.decode(parts[0], UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
            }
        }
        return form;
    }

    String text() {
        return new String(body, UTF_8);
    }

    /** The same request with another form. */
    WireCall withForm(Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return new WireCall(method, target, headers, text.toString().getBytes(UTF_8));
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    private String scope(int part) {
        Matcher scope = SCOPE.matcher(header("Authorization").orElse(""));
        return scope.find() ? scope.group(part) : "";
    }

    private String restOperation() {
        String path = target.split("\\?", 2)[0];
        if (path.startsWith(FUNCTIONS)) {
            return path.endsWith("/invocations") ? "Invoke" : method.equals("GET") ? "GetFunction" : "CreateFunction";
        }
        String about = path.indexOf('/', 1) > 0 ? "Object" : "Bucket";
        return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT) + about;
    }
}
