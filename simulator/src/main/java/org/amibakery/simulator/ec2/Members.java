package org.amibakery.simulator.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Carries members of the same name from one SDK shape to another; EC2 has several shapes for the same things. */
final class Members {
    private Members() {}

    /** Sets every member the source has and the target, a builder, does not have yet. */
    static void fill(SdkPojo source, SdkPojo target) {
        Map<String, SdkField<?>> targets =
                target.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, Function.identity()));
        SdkPojo present = (SdkPojo) ((Buildable) target).build(); // members are read from what was built
        for (SdkField<?> from : source.sdkFields()) {
            SdkField<?> to = targets.get(from.memberName());
            Object value = from.getValueOrDefault(source);
            if (to != null && isSet(value) && !isSet(to.getValueOrDefault(present))) {
                to.set(target, convert(value, to));
            }
        }
    }

    private static boolean isSet(Object value) {
        return value != null && !(value instanceof Collection<?> many && many.isEmpty());
    }

    private static Object convert(Object value, SdkField<?> to) {
        if (to.marshallingType() == MarshallingType.SDK_POJO) {
            return copy((SdkPojo) value, to);
        }
        if (to.marshallingType() == MarshallingType.LIST) {
            SdkField<?> member = to.getTrait(ListTrait.class).memberFieldInfo();
            return ((List<?>) value).stream().map(item -> convert(item, member)).toList();
        }
        return value;
    }

    private static Object copy(SdkPojo source, SdkField<?> to) {
        SdkPojo builder = to.constructor().get();
        fill(source, builder);
        return ((Buildable) builder).build();
    }
}
