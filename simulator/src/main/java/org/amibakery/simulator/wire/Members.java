package org.amibakery.simulator.wire;

import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads and builds the SDK's records by their field metadata. */
final class Members {
    private Members() {}

    /** Reads a member; an unset list or map, which the SDK shows as empty, is absent; an explicit empty one is not. */
    static Optional<Object> valueOf(SdkField<?> field, SdkPojo pojo) {
        Object value = field.getValueOrDefault(pojo);
        boolean unset = value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>;
        return unset ? Optional.empty() : Optional.ofNullable(value);
    }

    static SdkPojo builderOf(SdkField<?> field) {
        return field.constructor().get();
    }

    static SdkPojo build(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }

    static MarshallingKnownType typeOf(SdkField<?> field) {
        return field.marshallingType().getKnownType();
    }

    static boolean isIn(SdkField<?> field, MarshallLocation location) {
        return field.location() == location;
    }

    static ListTrait listOf(SdkField<?> field) {
        return field.getRequiredTrait(ListTrait.class);
    }

    static MapTrait mapOf(SdkField<?> field) {
        return field.getRequiredTrait(MapTrait.class);
    }

    /** Finds the member that is the whole body, raw or as a document. */
    static Optional<SdkField<?>> payloadOf(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> field.containsTrait(PayloadTrait.class))
                .findFirst();
    }
}
