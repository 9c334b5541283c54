package org.amibakery.simulator.wire;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.utils.Lazy;

/** One operation as the SDK's generated classes describe it; everything costly is looked up on first use. */
final class Operation {
    private static final String REQUEST = "Request";

    private final Method method;
    private final Class<?> requestType;
    private final Supplier<OperationInfo> binding;
    private final Supplier<Method> requestBuilder;
    private final Supplier<Method> responseBuilder;

    Operation(Method method) {
        this.method = method;
        this.requestType = method.getParameterTypes()[0];
        this.binding = cached(this::readBinding);
        this.requestBuilder = cached(() -> builderMethod(requestType.getName()));
        this.responseBuilder = cached(() -> builderMethod(stem(requestType.getName()) + "Response"));
    }

    /** Tells the operation's name as the SDK spells it; AWS's own differs in letter case only. */
    String name() {
        return stem(requestType.getSimpleName());
    }

    /** Tells the method that answers: the handler's own, or the client interface's default. */
    Method method() {
        return method;
    }

    OperationInfo binding() {
        return binding.get();
    }

    SdkPojo newRequest() {
        return newBuilder(requestBuilder.get());
    }

    SdkPojo newResponse() {
        return newBuilder(responseBuilder.get());
    }

    private static <T> Supplier<T> cached(Supplier<T> source) {
        return new Lazy<>(source)::getValue;
    }

    private static String stem(String requestName) {
        return requestName.substring(0, requestName.length() - REQUEST.length());
    }

    /** The HTTP method and URI are in no public place of the SDK but this constant of the marshaller. */
    private OperationInfo readBinding() {
        String marshaller = requestType.getPackageName().replaceFirst("model$", "transform") + "."
                + requestType.getSimpleName() + "Marshaller";
        try {
            Field constant = Class.forName(marshaller, true, requestType.getClassLoader())
                    .getDeclaredField("SDK_OPERATION_BINDING");
            constant.setAccessible(true);
            return (OperationInfo) constant.get(null);
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalStateException("This SDK version describes " + name() + " in another way", unexpected);
        }
    }

    private Method builderMethod(String className) {
        try {
            return Class.forName(className, true, requestType.getClassLoader()).getMethod("builder");
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalStateException("This SDK version has no builder of " + className, unexpected);
        }
    }

    private static SdkPojo newBuilder(Method factory) {
        try {
            return (SdkPojo) factory.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException unexpected) {
            throw new IllegalStateException("Could not call " + factory, unexpected);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
