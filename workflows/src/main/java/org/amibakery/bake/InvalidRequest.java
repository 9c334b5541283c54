package org.amibakery.bake;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells a client that what it sent says no request. Nothing has been done then, and sending it again does not help.
 *
 * <p>A {@link DataConverterException}, since the SDK drops signals that it cannot read by that exception alone; by any other
 * they would end the workflow.
 */
final class InvalidRequest extends DataConverterException {
    /** The failure type that clients see. */
    static final String TYPE = "InvalidInput";

    private static final long serialVersionUID = 1;

    private InvalidRequest(String message) {
        super(message);
    }

    static InvalidRequest of(String complaint) {
        return new InvalidRequest(complaint + ". Nothing was done.");
    }

    /** The failure by which a workflow or an update ends. */
    ApplicationFailure failure() {
        ApplicationFailure failure = ApplicationFailure.newNonRetryableFailure(getMessage(), TYPE);
        failure.setStackTrace(new StackTraceElement[0]); // the message says it all
        return failure;
    }

    static InvalidRequest surplus(int taken, int sent) {
        return of("input: %s taken, and %d were sent; send one JSON object with everything in it"
                .formatted(taken == 0 ? "none is" : "one is", sent));
    }

    static InvalidRequest unreadable(DataConverterException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonMappingException mapping) {
                return of("%s: %s".formatted(place(mapping), complaint(mapping)));
            }
            if (cause instanceof JsonProcessingException syntax) {
                return of("input: this is no JSON: " + syntax.getOriginalMessage());
            }
        }
        return of("input: this cannot be read; send JSON: " + unreadable.getMessage());
    }

    private static String complaint(JsonMappingException mapping) {
        if (mapping instanceof InvalidFormatException format) {
            return complaint(format);
        }
        if (mapping instanceof ValueInstantiationException
                && mapping.getCause() instanceof NullPointerException absent) {
            return "\"%s\" is required and missing".formatted(absent.getMessage()); // a record requires by name
        }
        return mapping.getOriginalMessage().replaceAll("`?[a-z]+(\\.[A-Za-z]+)+[.$]([A-Z][A-Za-z]*)(<[^>]*>)?`?", "$2");
    }

    private static String complaint(InvalidFormatException format) {
        Class<?> wanted = format.getTargetType();
        if (wanted == Duration.class) {
            return "\"%s\" is not a duration; write a number with its unit, such as 45s, 90m, 4h or 30d"
                    .formatted(format.getValue());
        }
        if (wanted.isEnum()) {
            return "\"%s\" is none of %s"
                    .formatted(
                            format.getValue(),
                            Stream.of(wanted.getEnumConstants())
                                    .map(Object::toString)
                                    .collect(joining(", ")));
        }
        return "\"%s\" is no %s"
                .formatted(format.getValue(), wanted.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static String place(JsonMappingException mapping) {
        String pointer = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                .collect(joining());
        return pointer.isEmpty() ? "input" : pointer;
    }
}
