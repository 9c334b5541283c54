package org.amibakery.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/** Calls a handler's method, and turns whatever it throws into an AWS error. */
final class Invocation {
    private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);
    private static final byte[] NO_STREAM = {};

    private final SdkClient handler;
    private final WireProtocol protocol;

    Invocation(SdkClient handler, WireProtocol protocol) {
        this.handler = handler;
        this.protocol = protocol;
    }

    /**
     * Runs an operation.
     *
     * @throws SimulatorError as the handler threw it; {@code UnsupportedOperation} when it lacks the operation; the
     *     service's internal error for anything else
     */
    HandlerAnswer run(DecodedCall call) {
        Method method = call.operation().method();
        try {
            method.setAccessible(true); // handlers may be package-private
            return answerOf(method.invoke(handler, arguments(method, call)));
        } catch (InvocationTargetException thrown) {
            throw errorOf(call, thrown.getCause());
        } catch (IllegalAccessException unexpected) {
            throw new IllegalStateException("Could not call " + method, unexpected);
        }
    }

    private static Object[] arguments(Method method, DecodedCall call) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(call.request());
        for (Class<?> type : List.of(method.getParameterTypes()).subList(1, method.getParameterCount())) {
            arguments.add(
                    type == RequestBody.class
                            ? RequestBody.fromBytes(call.http().body())
                            : ResponseTransformer.toBytes());
        }
        return arguments.toArray();
    }

    private static HandlerAnswer answerOf(Object returned) {
        if (returned instanceof ResponseBytes<?> bytes) {
            return new HandlerAnswer((SdkPojo) bytes.response(), bytes.asByteArray());
        }
        if (returned instanceof ResponseInputStream<?> stream) {
            return new HandlerAnswer((SdkPojo) stream.response(), readAll(stream));
        }
        return new HandlerAnswer((SdkPojo) returned, NO_STREAM);
    }

    private static byte[] readAll(ResponseInputStream<?> stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException unexpected) {
            throw new UncheckedIOException("The handler's stream broke", unexpected);
        }
    }

    private SimulatorError errorOf(DecodedCall call, Throwable cause) {
        if (cause instanceof SimulatorError error) {
            return error;
        }
        if (cause instanceof UnsupportedOperationException) {
            return Refusal.NOT_SIMULATED.in(
                    protocol, "The simulator does not know all of the operation " + call.operation());
        }
        LOG.error("The simulator failed inside operation={}", call.operation(), cause);
        return Refusal.INTERNAL.in(
                protocol, "The simulator failed inside " + call.operation() + ": " + cause + "; its log has the trace");
    }
}
