package org.amibakery.temporal;

import static java.util.Objects.requireNonNull;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks which of our search attributes a namespace knows. Writing one that it does not know, or knows
 * by another type, would block a workflow task for ever, so when in doubt none is written.
 */
public final class KnownSearchAttributes {
    /** The search attributes that bakes write, all of type Keyword. */
    public static final List<String> OURS =
            List.of("BakeryRecipe", "BakeryStep", "BakeryRegion", "BakeryImage", "BakeryBuilder");

    private static final IndexedValueType KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

    private static final Logger log = LoggerFactory.getLogger(KnownSearchAttributes.class);

    private final TemporalConnection temporal;

    /** Takes the server and the namespace that bakes. */
    public KnownSearchAttributes(TemporalConnection temporal) {
        this.temporal = requireNonNull(temporal, "temporal");
    }

    /** Lists those of ours that can be written: none where the server does not say. */
    public List<String> usable() {
        try {
            return usable(registered());
        } catch (StatusRuntimeException refused) {
            log.info("Search attributes are left out, as the server does not list them: {}", refused.getStatus());
            return List.of();
        }
    }

    /**
     * Lists those of ours that the namespace does not have.
     *
     * @throws StatusRuntimeException when the server does not list them
     */
    public List<String> missing() {
        Map<String, IndexedValueType> registered = registered();
        return OURS.stream().filter(name -> !registered.containsKey(name)).toList();
    }

    /**
     * Lists those of ours that the namespace has with another type than Keyword.
     *
     * @throws StatusRuntimeException when the server does not list them
     */
    public List<String> ofAnotherType() {
        Map<String, IndexedValueType> registered = registered();
        return OURS.stream()
                .filter(name -> registered.getOrDefault(name, KEYWORD) != KEYWORD)
                .toList();
    }

    /**
     * Registers those of ours that the namespace does not have, and lists them. A server shows them to all its parts within
     * some seconds.
     *
     * @throws StatusRuntimeException when the server does not allow it
     */
    public List<String> register() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            AddSearchAttributesRequest.Builder request =
                    AddSearchAttributesRequest.newBuilder().setNamespace(temporal.namespace());
            missing.forEach(name -> request.putSearchAttributes(name, KEYWORD));
            var unused = temporal.insisting(() -> operator().addSearchAttributes(request.build()));
        }
        return missing;
    }

    private Map<String, IndexedValueType> registered() {
        ListSearchAttributesRequest request = ListSearchAttributesRequest.newBuilder()
                .setNamespace(temporal.namespace())
                .build();
        return temporal.insisting(() -> operator().listSearchAttributes(request))
                .getCustomAttributesMap();
    }

    private OperatorServiceBlockingStub operator() {
        return OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                        .setChannel(temporal.service().getRawChannel())
                        .validateAndBuildWithDefaults())
                .blockingStub();
    }

    /** Keeps those of ours that are registered as Keyword, and tells of those that are something else. */
    static List<String> usable(Map<String, IndexedValueType> registered) {
        OURS.stream()
                .filter(name -> registered.getOrDefault(name, KEYWORD) != KEYWORD)
                .forEach(name -> log.warn(
                        "Search attribute {} is left out, as the namespace has it with type {} where bakes write Keyword."
                                + " Remove it and create it again with --type Keyword, then restart the workers.",
                        name,
                        registered.get(name)));
        return OURS.stream().filter(name -> registered.get(name) == KEYWORD).toList();
    }
}
