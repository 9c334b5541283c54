package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.core.traits.TimestampFormatTrait.Format.ISO_8601;
import static software.amazon.awssdk.core.traits.TimestampFormatTrait.Format.RFC_822;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Binds the members of a record that are not in the body: path, query, headers, status. */
final class RestBinding {
    private final WireProtocol protocol;

    RestBinding(WireProtocol protocol) {
        this.protocol = protocol;
    }

    /** Fills a request builder from path, query and headers. */
    void read(SdkPojo builder, WireRequest request, Map<String, String> variables) {
        Parameters query = request.query();
        for (SdkField<?> field : builder.sdkFields()) {
            Optional<?> value =
                    switch (field.location()) {
                        case PATH, GREEDY_PATH ->
                            Optional.ofNullable(variables.get(field.locationName()))
                                    .map(text -> scalar(field, text, ISO_8601));
                        case QUERY_PARAM -> fromQuery(field, query);
                        case HEADER -> fromHeaders(field, request.headers());
                        case PAYLOAD, STATUS_CODE -> Optional.empty();
                    };
            value.ifPresent(found -> field.set(builder, found));
        }
    }

    /** Writes a response's headers. */
    static Headers headersOf(SdkPojo response) {
        Headers headers = new Headers();
        for (SdkField<?> field : response.sdkFields()) {
            if (Members.isIn(field, MarshallLocation.HEADER)) {
                Members.valueOf(field, response).ifPresent(value -> writeHeader(headers, field, value));
            }
        }
        return headers;
    }

    /** Reads a response's status member; 200 where it has none. */
    static int statusOf(SdkPojo response) {
        return response.sdkFields().stream()
                .filter(field -> Members.isIn(field, MarshallLocation.STATUS_CODE))
                .flatMap(field -> Members.valueOf(field, response).stream())
                .mapToInt(value -> (Integer) value)
                .findFirst()
                .orElse(200);
    }

    private Optional<?> fromQuery(SdkField<?> field, Parameters query) {
        List<String> texts = query.all(field.locationName());
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        if (Members.typeOf(field) == MarshallingKnownType.LIST) {
            SdkField<?> item = Members.listOf(field).memberFieldInfo();
            return Optional.of(
                    texts.stream().map(text -> scalar(item, text, ISO_8601)).toList());
        }
        return Optional.of(scalar(field, texts.get(0), ISO_8601));
    }

    private Optional<?> fromHeaders(SdkField<?> field, Headers headers) {
        return switch (Members.typeOf(field)) {
            case MAP -> prefixed(field.locationName(), headers);
            case LIST -> {
                SdkField<?> item = Members.listOf(field).memberFieldInfo();
                List<Object> items = headers.all(field.locationName()).stream()
                        .flatMap(line -> List.of(line.split(",", -1)).stream())
                        .map(text -> scalar(item, text.strip(), RFC_822))
                        .toList();
                yield items.isEmpty() ? Optional.empty() : Optional.of(items);
            }
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, SDK_BYTES ->
                headers.first(field.locationName()).map(text -> header(field, text));
            case SDK_POJO, DOCUMENT, NULL -> Optional.empty();
        };
    }

    private Object header(SdkField<?> field, String text) {
        if (field.containsTrait(JsonValueTrait.class)) {
            return new String(Base64.getDecoder().decode(text), UTF_8);
        }
        return scalar(field, text, RFC_822);
    }

    /** A header map such as {@code x-amz-meta-} takes all headers that start so; names are lower case in AWS. */
    private static Optional<Map<String, String>> prefixed(String prefix, Headers headers) {
        Map<String, String> entries = new LinkedHashMap<>();
        headers.asMap().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(prefix.toLowerCase(Locale.ROOT))) {
                entries.put(lower.substring(prefix.length()), String.join(",", values));
            }
        });
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }

    private static void writeHeader(Headers headers, SdkField<?> field, Object value) {
        String name = field.locationName();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, text) -> headers.set(name + key, text.toString()));
        } else if (value instanceof List<?> items) {
            SdkField<?> item = Members.listOf(field).memberFieldInfo();
            headers.set(
                    name,
                    String.join(
                            ",",
                            items.stream()
                                    .map(each -> Scalars.print(item, each, RFC_822))
                                    .toList()));
        } else if (field.containsTrait(JsonValueTrait.class)) {
            headers.set(
                    name, Base64.getEncoder().encodeToString(value.toString().getBytes(UTF_8)));
        } else {
            headers.set(name, Scalars.print(field, value, RFC_822));
        }
    }

    private Object scalar(SdkField<?> field, String text, Format timestamps) {
        try {
            return Scalars.parse(field, text, timestamps);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.INVALID_VALUE.in(
                    protocol, "Value (" + text + ") for parameter " + field.locationName() + " is invalid");
        }
    }
}
