package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.utils.DateUtils;

/** Turns single values into text and back. Refuses text with {@link IllegalArgumentException}. */
final class Scalars {
    /** AWS always sends three digits of milliseconds. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(UTC);

    private Scalars() {}

    /** Reads a value; a timestamp without a format of its own is in the given one. */
    static Object parse(SdkField<?> field, String text, Format timestamps) {
        return switch (Members.typeOf(field)) {
            case STRING -> text;
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case BYTE -> Byte.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BIG_DECIMAL -> new BigDecimal(text);
            case BOOLEAN -> parseBoolean(text);
            case INSTANT -> parseInstant(text, formatOf(field, timestamps));
            case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text.getBytes(UTF_8)));
            case LIST, MAP, SDK_POJO, DOCUMENT, NULL -> throw notScalar(field);
        };
    }

    /** Writes a value; the inverse of {@link #parse}. */
    static String print(SdkField<?> field, Object value, Format timestamps) {
        return switch (Members.typeOf(field)) {
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BOOLEAN -> value.toString();
            case BIG_DECIMAL -> ((BigDecimal) value).toPlainString();
            case INSTANT -> printInstant((Instant) value, formatOf(field, timestamps));
            case SDK_BYTES -> Base64.getEncoder().encodeToString(((SdkBytes) value).asByteArrayUnsafe());
            case LIST, MAP, SDK_POJO, DOCUMENT, NULL -> throw notScalar(field);
        };
    }

    static Format formatOf(SdkField<?> field, Format otherwise) {
        return field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format)
                .orElse(otherwise);
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Instant parseInstant(String text, Format format) {
        try {
            return switch (format) {
                case ISO_8601 -> OffsetDateTime.parse(text).toInstant();
                case RFC_822 -> DateUtils.parseRfc822Date(text);
                case UNIX_TIMESTAMP -> unixSeconds(new BigDecimal(text));
                case UNIX_TIMESTAMP_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
            };
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("not a time in the format " + format, unreadable);
        }
    }

    private static Instant unixSeconds(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    private static String printInstant(Instant instant, Format format) {
        return switch (format) {
            case ISO_8601 -> ISO.format(instant);
            case RFC_822 -> DateUtils.formatRfc822Date(instant);
            case UNIX_TIMESTAMP -> BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
            case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
        };
    }

    private static IllegalStateException notScalar(SdkField<?> field) {
        return new IllegalStateException("Member " + field.memberName() + " is not a single value");
    }
}
