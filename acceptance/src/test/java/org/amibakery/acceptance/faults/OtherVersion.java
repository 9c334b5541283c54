package org.amibakery.acceptance.faults;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** A worker of another version, which writes the same launch in another way. */
final class OtherVersion {
    private OtherVersion() {}

    /** Launches with the bake's own token just before the bake does. */
    static Fault launchesFirst(TroubledBakery bakery, UnaryOperator<RunInstancesRequest> otherWay) {
        CompletableFuture<RunInstancesRequest> asked = new CompletableFuture<>();
        return bakery.faults()
                .on("RunInstances")
                .matching(RunInstancesRequest.class, asked::complete) // true for the first alone
                .beforeCommit(FaultEffect.run(() ->
                        bakery.aws().ec2(bakery.installation().region()).runInstances(otherWay.apply(asked.join()))));
    }
}
