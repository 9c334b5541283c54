package org.amibakery.schedule;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * Reads a payload that is not there as nothing. The SDK (1.38, ScheduleProtoUtil) decodes summary and details of whatever a
 * schedule starts if there is either of the two, and fails on the one that was never set.
 */
record AbsentPayloads(DataConverter converter) implements DataConverter {
    @Override
    public <T> Optional<Payload> toPayload(T value) {
        return converter.toPayload(value);
    }

    @Override
    public <T> T fromPayload(Payload payload, Class<T> valueClass, Type valueType) {
        return payload.equals(Payload.getDefaultInstance())
                ? null
                : converter.fromPayload(payload, valueClass, valueType);
    }

    @Override
    public Optional<Payloads> toPayloads(Object... values) {
        return converter.toPayloads(values);
    }

    @Override
    public <T> T fromPayloads(int index, Optional<Payloads> content, Class<T> valueType, Type valueGenericType) {
        return converter.fromPayloads(index, content, valueType, valueGenericType);
    }
}
