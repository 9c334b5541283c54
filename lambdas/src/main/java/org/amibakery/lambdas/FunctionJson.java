package org.amibakery.lambdas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and writes what the functions exchange: camelCase keys, ISO instants in UTC, ISO durations, enum names.
 *
 * <p>Requests are read strictly: an unknown key, a number for a text or a bare number for a duration is an
 * {@link InvalidFunctionRequest}. Answers are read leniently, so that an older worker understands a newer function.
 */
public final class FunctionJson {
    private static final JsonMapper STRICT = strictMapper();
    private static final JsonMapper LENIENT = STRICT.rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private FunctionJson() {}

    /** Reads a request, or refuses it with {@link InvalidFunctionRequest}. */
    public static <T extends Record> T readRequest(byte[] json, Class<T> type) {
        try {
            JsonNode request = STRICT.readTree(json);
            if (!request.isObject()) {
                throw new InvalidFunctionRequest("The request is not a JSON object. Send one.");
            }
            refuseUnknownKeys(request, type); // first, since a misspelt key is also a missing one
            return STRICT.treeToValue(request, type);
        } catch (IOException error) {
            throw refusal(error);
        }
    }

    /** Tells whether a request has this key, by which a function tells apart what it is asked. */
    public static boolean hasKey(byte[] json, String key) {
        try {
            return STRICT.readTree(json).has(key);
        } catch (IOException error) {
            throw refusal(error);
        }
    }

    /** Reads an answer; unknown keys are passed over. */
    public static <T> T readAnswer(byte[] json, Class<T> type) {
        try {
            return LENIENT.readValue(json, type);
        } catch (IOException error) {
            throw new UncheckedIOException("The function's answer cannot be read as " + type.getSimpleName(), error);
        }
    }

    /** Writes a request or an answer; an absent optional is left out. */
    public static byte[] write(Object message) {
        try {
            return STRICT.writeValueAsBytes(message);
        } catch (JsonProcessingException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static InvalidFunctionRequest refusal(IOException error) {
        if (error.getCause() instanceof InvalidFunctionRequest refused) {
            return refused;
        }
        if (error instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return new InvalidFunctionRequest(
                    String.format("\"%s\" must be %s.", pathOf(mismatch), wanted(mismatch.getTargetType())));
        }
        return new InvalidFunctionRequest(
                "The request is not JSON: " + ((JsonProcessingException) error).getOriginalMessage());
    }

    private static void refuseUnknownKeys(JsonNode request, Class<? extends Record> type) {
        List<String> known = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        request.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new InvalidFunctionRequest(String.format(
                        "Unknown key \"%s\": the nearest known key is \"%s\". Known keys: %s.",
                        key, NearestWord.to(key, known), String.join(", ", known)));
            }
        });
    }

    private static String pathOf(JsonMappingException error) {
        return error.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String wanted(Class<?> type) {
        if (type == Duration.class) {
            return "an ISO duration such as P30D or PT12H";
        }
        if (type == Instant.class) {
            return "an ISO instant such as 2026-01-31T12:00:00Z";
        }
        if (type != null && type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (type == int.class) {
            return "a whole number";
        }
        if (type != null && Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == null ? "of another type" : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static JsonMapper strictMapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .withCoercionConfig(LogicalType.Textual, textual -> textual.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new IsoTimesOnly())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .build();
    }
}
