package org.amibakery.simulator.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.DefaultValueTrait;

/** Fills SDK records with random values that every protocol can carry. */
final class RandomRecords {
    private static final int DEEPEST = 3;
    private static final List<String> BODY_TEXTS = List.of("plain", "a + b & c = d", "<ü> \"ñ\"", "100%", "{\"j\":1}");

    private final Random random;

    RandomRecords(Random random) {
        this.random = random;
    }

    SdkPojo fill(SdkPojo builder) {
        return fill(builder, 0);
    }

    private SdkPojo fill(SdkPojo builder, int depth) {
        for (SdkField<?> field : builder.sdkFields()) {
            boolean needed = !Members.isIn(field, MarshallLocation.PAYLOAD)
                    || field.containsTrait(DefaultValueTrait.class); // an unset token is another one at each reading
            if (needed || random.nextInt(4) > 0) {
                value(field, field.location(), depth).ifPresent(value -> field.set(builder, value));
            }
        }
        return Members.build(builder);
    }

    private Optional<Object> value(SdkField<?> field, MarshallLocation location, int depth) {
        return switch (Members.typeOf(field)) {
            case STRING -> Optional.of(text(location));
            case INTEGER -> Optional.of(location == MarshallLocation.STATUS_CODE ? 200 : random.nextInt(10_000));
            case LONG -> Optional.of((long) random.nextInt());
            case SHORT -> Optional.of((short) random.nextInt(100));
            case BYTE -> Optional.of((byte) random.nextInt(100));
            case FLOAT -> Optional.of(random.nextInt(100) / 4f);
            case DOUBLE -> Optional.of(random.nextInt(100) / 8d);
            case BIG_DECIMAL -> Optional.of(BigDecimal.valueOf(random.nextInt(1000), 1));
            case BOOLEAN -> Optional.of(random.nextBoolean());
            case INSTANT -> Optional.of(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000)));
            case SDK_BYTES -> Optional.of(SdkBytes.fromUtf8String("bytes" + random.nextInt(1000)));
            case LIST -> list(Members.listOf(field).memberFieldInfo(), location, depth);
            case MAP -> map(Members.mapOf(field).valueFieldInfo(), location, depth);
            case SDK_POJO ->
                depth >= DEEPEST ? Optional.empty() : Optional.of(fill(Members.builderOf(field), depth + 1));
            case DOCUMENT, NULL -> Optional.empty();
        };
    }

    private Optional<Object> list(SdkField<?> item, MarshallLocation location, int depth) {
        List<Object> items = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(at -> value(item, location, depth + 1))
                .flatMap(Optional::stream)
                .toList();
        return items.isEmpty() ? Optional.empty() : Optional.of(items);
    }

    private Optional<Object> map(SdkField<?> item, MarshallLocation location, int depth) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int at = 0; at <= random.nextInt(3); at++) {
            String key = "key-" + at;
            value(item, location, depth + 1).ifPresent(value -> entries.put(key, value));
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }

    private String text(MarshallLocation location) {
        return switch (location) {
            case PAYLOAD, QUERY_PARAM -> BODY_TEXTS.get(random.nextInt(BODY_TEXTS.size())) + random.nextInt(1000);
            case PATH -> "name-" + random.nextInt(1000);
            case GREEDY_PATH -> "folder/a b+c%" + random.nextInt(1000);
            case HEADER, STATUS_CODE -> "header " + random.nextInt(1000);
        };
    }
}
