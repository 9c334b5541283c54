package org.amibakery.simulator.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Refuses requests with enum values the service does not know.
 *
 * <p>Field metadata calls an enum a string; only the getters tell, where {@code instanceType()} stands beside {@code
 * instanceTypeAsString()} (for lists and maps {@code …AsStrings()}).
 */
final class EnumCheck {
    private static final String UNKNOWN = "UNKNOWN_TO_SDK_VERSION";

    private static final ClassValue<List<EnumGetter>> GETTERS = new ClassValue<>() {
        @Override
        protected List<EnumGetter> computeValue(Class<?> type) {
            return gettersOf(type);
        }
    };

    private final WireProtocol protocol;

    EnumCheck(WireProtocol protocol) {
        this.protocol = protocol;
    }

    /** Checks a record and all records in it. */
    void check(SdkPojo pojo) {
        for (EnumGetter getter : GETTERS.get(pojo.getClass())) {
            if (hasUnknown(getter.typed(pojo))) {
                throw Refusal.INVALID_VALUE.in(
                        protocol, "Value (%s) for parameter %s is invalid".formatted(getter.text(pojo), getter.name()));
            }
        }
        for (SdkField<?> field : pojo.sdkFields()) {
            Members.valueOf(field, pojo).ifPresent(this::checkNested);
        }
    }

    private void checkNested(Object value) {
        if (value instanceof SdkPojo pojo) {
            check(pojo);
        } else if (value instanceof Collection<?> items) {
            items.forEach(this::checkNested);
        } else if (value instanceof Map<?, ?> entries) {
            entries.values().forEach(this::checkNested);
        }
    }

    private static boolean hasUnknown(Optional<Object> value) {
        if (value.isEmpty()) {
            return false;
        }
        Object found = value.get();
        if (found instanceof Collection<?> items) {
            return items.stream().anyMatch(item -> hasUnknown(Optional.of(item)));
        }
        return found instanceof Enum<?> constant && constant.name().equals(UNKNOWN);
    }

    private static List<EnumGetter> gettersOf(Class<?> type) {
        List<EnumGetter> getters = new ArrayList<>();
        for (Method text : type.getDeclaredMethods()) {
            String name = text.getName().replaceFirst("AsStrings?$", "");
            if (!name.equals(text.getName())
                    && text.getParameterCount() == 0
                    && Modifier.isPublic(text.getModifiers())) {
                getters.add(new EnumGetter(name, getter(type, name), text));
            }
        }
        return getters;
    }

    private static Method getter(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException unexpected) {
            throw new IllegalStateException("This SDK version has no getter " + name + " in " + type, unexpected);
        }
    }

    private record EnumGetter(String name, Method typed, Method text) {
        Optional<Object> typed(SdkPojo pojo) {
            return call(typed, pojo);
        }

        String text(SdkPojo pojo) {
            return call(text, pojo).map(Object::toString).orElse("");
        }

        private static Optional<Object> call(Method getter, SdkPojo pojo) {
            try {
                return Optional.ofNullable(getter.invoke(pojo));
            } catch (IllegalAccessException | InvocationTargetException unexpected) {
                throw new IllegalStateException("Could not call " + getter, unexpected);
            }
        }
    }
}
