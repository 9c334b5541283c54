package org.amibakery.simulator.wire;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.utils.Lazy;

/**
 * Finds operations by name: those a handler class implements, and those the service has at all.
 *
 * <p>The handler's own methods are cheap to list; the client interface's (2,031 for EC2) take half a second and are
 * listed only to name an operation that is not simulated.
 */
final class OperationIndex {
    private static final ClassValue<OperationIndex> INDEXES = new ClassValue<>() {
        @Override
        protected OperationIndex computeValue(Class<?> handlerType) {
            return new OperationIndex(handlerType);
        }
    };

    private final Map<String, Operation> simulated;
    private final Supplier<Map<String, Operation>> known;

    private OperationIndex(Class<?> handlerType) {
        this.known = new Lazy<>(
                () -> index(Arrays.stream(clientInterface(handlerType).getMethods())))::getValue;
        this.simulated = handlerType.isInterface() ? known.get() : index(ownMethods(handlerType));
    }

    /** Finds the index of a handler class, or of a client interface, whose operations all count as implemented. */
    static OperationIndex of(Class<?> handlerType) {
        return INDEXES.get(handlerType);
    }

    /** Finds an operation the handler implements, by AWS's name or the SDK's. */
    Optional<Operation> simulated(String name) {
        return Optional.ofNullable(simulated.get(keyOf(name)));
    }

    Collection<Operation> simulated() {
        return simulated.values();
    }

    /** Finds an operation of the service, implemented or not. */
    Optional<Operation> known(String name) {
        return Optional.ofNullable(known.get().get(keyOf(name)));
    }

    Collection<Operation> known() {
        return known.get().values();
    }

    /** SDK class names are camel-cased: {@code GetSMSAttributes} is {@code GetSmsAttributesRequest}. */
    private static String keyOf(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Stream<Method> ownMethods(Class<?> type) {
        if (type == Object.class) {
            return Stream.of();
        }
        return Stream.concat(ownMethods(type.getSuperclass()), Arrays.stream(type.getDeclaredMethods()));
    }

    private static Map<String, Operation> index(Stream<Method> methods) {
        Map<String, Operation> operations = new TreeMap<>();
        methods.filter(OperationIndex::isOperation).forEach(method -> {
            Operation operation = new Operation(method);
            operations.merge(keyOf(operation.name()), operation, OperationIndex::moreSpecific);
        });
        return operations;
    }

    /** The variant with a body or a transformer is the one the SDK's others delegate to. */
    private static Operation moreSpecific(Operation known, Operation other) {
        return other.method().getParameterCount() >= known.method().getParameterCount() ? other : known;
    }

    /** A handler's helpers may take requests too: only the client interface's own methods are named for theirs. */
    private static boolean isOperation(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && parameters.length > 0
                && SdkRequest.class.isAssignableFrom(parameters[0])
                && parameters[0].getSimpleName().equalsIgnoreCase(method.getName() + "Request")
                && List.of(parameters).subList(1, parameters.length).stream().allMatch(OperationIndex::isBody);
    }

    private static boolean isBody(Class<?> parameter) {
        return parameter == RequestBody.class || parameter == ResponseTransformer.class;
    }

    private static Class<?> clientInterface(Class<?> type) {
        if (type.isInterface()) {
            return type;
        }
        return Arrays.stream(type.getInterfaces())
                .filter(SdkClient.class::isAssignableFrom)
                .findFirst()
                .orElseGet(() -> clientInterface(type.getSuperclass()));
    }
}
