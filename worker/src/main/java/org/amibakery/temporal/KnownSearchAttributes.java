package org.amibakery.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
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

    private KnownSearchAttributes() {}

    /** Lists those of ours that the namespace knows as Keyword. */
    public static List<String> of(TemporalConnection temporal) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.service().getRawChannel())
                .validateAndBuildWithDefaults());
        try {
            ListSearchAttributesRequest request = ListSearchAttributesRequest.newBuilder()
                    .setNamespace(temporal.namespace())
                    .build();
            return usable(temporal.insisting(() -> operator.blockingStub().listSearchAttributes(request))
                    .getCustomAttributesMap());
        } catch (StatusRuntimeException refused) {
            log.info("Search attributes are left out, as the server does not list them: {}", refused.getStatus());
            return List.of();
        }
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
