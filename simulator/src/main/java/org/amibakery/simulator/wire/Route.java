package org.amibakery.simulator.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** One operation's HTTP method, path template and constant query parameters. */
final class Route {
    private final Operation operation;
    private final String method;
    private final List<String> template;
    private final Parameters constants;

    /** Builds the route; a prefix such as {@code /{Bucket}} stands before URIs that lack it. */
    Route(Operation operation, String prefix) {
        OperationInfo binding = operation.binding();
        String uri = prefix + binding.requestUri();
        int mark = uri.indexOf('?');
        this.operation = operation;
        this.method = binding.httpMethod().name();
        this.template = segments(mark < 0 ? uri : uri.substring(0, mark));
        this.constants = Parameters.ofQuery(mark < 0 ? "" : uri.substring(mark + 1));
    }

    Operation operation() {
        return operation;
    }

    /** Ranks routes that fit the same request: the one that asks for more is meant. */
    int specificity() {
        long literals = template.stream().filter(part -> !part.startsWith("{")).count();
        return constants.pairs().size() * 100 + required().size() * 10 + (int) literals;
    }

    /** Tells whether method, path and constant query parameters fit. */
    boolean fits(WireRequest request) {
        Parameters query = request.query();
        return method.equals(request.method())
                && variables(request.rawPath()).isPresent()
                && constants.pairs().stream().allMatch(constant -> fits(constant, query));
    }

    /** Tells whether the members that the operation requires in query and headers are there. */
    boolean hasRequiredMembers(WireRequest request) {
        Parameters query = request.query();
        return required().stream()
                .allMatch(field -> Members.isIn(field, MarshallLocation.HEADER)
                        ? request.headers().has(field.locationName())
                        : query.has(field.locationName()));
    }

    /** Tells whether a query parameter means anything to the operation. */
    boolean knows(String queryParameter) {
        return constants.has(queryParameter)
                || operation.newRequest().sdkFields().stream()
                        .anyMatch(field -> Members.isIn(field, MarshallLocation.QUERY_PARAM)
                                && field.locationName().equals(queryParameter));
    }

    /** Reads the path's variables, decoded; empty when the path does not fit. */
    Optional<Map<String, String>> variables(String rawPath) {
        List<String> parts = segments(rawPath);
        Map<String, String> variables = new LinkedHashMap<>();
        for (int at = 0; at < template.size(); at++) {
            String expected = template.get(at);
            if (at >= parts.size()) {
                return Optional.empty();
            }
            if (expected.endsWith("+}")) {
                String rest = String.join("/", parts.subList(at, parts.size()));
                variables.put(expected.substring(1, expected.length() - 2), Percent.decode(rest));
                return rest.isEmpty() ? Optional.empty() : Optional.of(variables);
            }
            if (expected.startsWith("{") && !parts.get(at).isEmpty()) {
                variables.put(expected.substring(1, expected.length() - 1), Percent.decode(parts.get(at)));
            } else if (!expected.equals(parts.get(at))) {
                return Optional.empty();
            }
        }
        return parts.size() == template.size() ? Optional.of(variables) : Optional.empty();
    }

    private List<SdkField<?>> required() {
        List<SdkField<?>> fields = new ArrayList<>();
        for (SdkField<?> field : operation.newRequest().sdkFields()) {
            boolean outside =
                    Members.isIn(field, MarshallLocation.HEADER) || Members.isIn(field, MarshallLocation.QUERY_PARAM);
            if (outside && field.containsTrait(RequiredTrait.class)) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static boolean fits(Parameters.Parameter constant, Parameters query) {
        return constant.value().isEmpty()
                ? query.has(constant.name())
                : query.all(constant.name()).contains(constant.value());
    }

    /** Splits the raw path; a trailing slash ends it ({@code /bucket/} is the bucket), unless it ends an object's key. */
    private static List<String> segments(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        if (inner.isEmpty()) {
            return List.of();
        }
        List<String> parts = List.of(inner.split("/", -1));
        boolean justSlash = parts.size() == 2 && parts.get(1).isEmpty();
        return justSlash ? parts.subList(0, 1) : parts;
    }
}
