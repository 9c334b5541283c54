package org.amibakery.bake;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * Reads what clients send to workflows, their updates and queries, with a sentence for whoever sent something else. What
 * cannot be read would otherwise either block the workflow task for ever, or be left out in silence: a second input, a
 * misspelled key. Activities' inputs, which workers write for each other, are read leniently.
 */
final class RequestConverter implements DataConverter {
    private final DataConverter json;

    RequestConverter(DataConverter json) {
        this.json = json;
    }

    @Override
    public Object[] fromPayloads(Optional<Payloads> content, Class<?>[] types, Type[] generic) {
        int sent = content.map(Payloads::getPayloadsCount).orElse(0);
        if (sent > types.length) {
            throw InvalidRequest.surplus(types.length, sent);
        }
        Object[] read =
                json.fromPayloads(Optional.empty(), types, generic); // what stands for an input that is not there
        for (int input = 0; input < sent; input++) {
            read[input] = read(content.orElseThrow().getPayloads(input), types[input], generic[input]);
        }
        return read;
    }

    private Object read(Payload payload, Class<?> type, Type generic) {
        try {
            if (RequestShape.isRecord(type)) {
                RequestShape.check(json.fromPayload(payload, JsonNode.class, JsonNode.class), type);
            }
            return json.fromPayload(payload, type, generic);
        } catch (InvalidRequest told) {
            throw told;
        } catch (DataConverterException unreadable) {
            throw InvalidRequest.unreadable(unreadable);
        }
    }

    @Override
    public DataConverter withContext(SerializationContext context) {
        DataConverter inContext = json.withContext(context);
        return context instanceof ActivitySerializationContext ? inContext : new RequestConverter(inContext);
    }

    @Override
    public <T> Optional<Payload> toPayload(T value) {
        return json.toPayload(value);
    }

    @Override
    public <T> T fromPayload(Payload payload, Class<T> type, Type generic) {
        return json.fromPayload(payload, type, generic);
    }

    @Override
    public Optional<Payloads> toPayloads(Object... values) {
        return json.toPayloads(values);
    }

    @Override
    public <T> T fromPayloads(int index, Optional<Payloads> content, Class<T> type, Type generic) {
        return json.fromPayloads(index, content, type, generic);
    }

    @Override
    public RuntimeException failureToException(Failure failure) {
        return json.failureToException(failure);
    }

    @Override
    public Failure exceptionToFailure(Throwable exception) {
        return json.exceptionToFailure(exception instanceof InvalidRequest invalid ? invalid.failure() : exception);
    }
}
