package org.amibakery.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks which of our search attributes a namespace knows. Writing one that it does not know would block a workflow task
 * for ever, so when in doubt none is written.
 */
public final class KnownSearchAttributes {
    /** The search attributes that bakes write, all of type Keyword. */
    public static final List<String> OURS =
            List.of("BakeryRecipe", "BakeryStep", "BakeryRegion", "BakeryImage", "BakeryBuilder");

    private static final Logger log = LoggerFactory.getLogger(KnownSearchAttributes.class);

    private KnownSearchAttributes() {}

    /** Lists those of ours that the namespace knows. */
    public static List<String> of(TemporalConnection temporal) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.service().getRawChannel())
                .validateAndBuildWithDefaults());
        try {
            var known = operator.blockingStub()
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(temporal.namespace())
                            .build())
                    .getCustomAttributesMap()
                    .keySet();
            return OURS.stream().filter(known::contains).toList();
        } catch (StatusRuntimeException refused) {
            log.info("Search attributes are left out, as the server does not list them: {}", refused.getStatus());
            return List.of();
        }
    }
}
