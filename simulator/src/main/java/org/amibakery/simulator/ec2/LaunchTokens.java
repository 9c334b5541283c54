package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Remembers which launch a client token stands for, for ever. A token is zonal when the request names a zone or a
 * subnet: the same token in another zone is another launch (RunInstances ClientToken).
 */
final class LaunchTokens {
    private static final int LONGEST = 64;

    private record Launch(RunInstancesRequest request, List<StoredInstance> instances) {}

    private final Ec2Place here;
    private final Map<String, Launch> launches = new HashMap<>();

    LaunchTokens(Ec2Place here) {
        this.here = here;
    }

    /** Finds the instances a token stands for; refuses changed parameters and dead instances. */
    Optional<List<StoredInstance>> find(RunInstancesRequest request) {
        String token = request.clientToken();
        if (token == null) {
            return Optional.empty();
        }
        if (token.length() > LONGEST || !token.chars().allMatch(letter -> letter < 128)) {
            throw refused("InvalidParameterValue", "Client token must be at most 64 ASCII characters");
        }
        Launch launch = launches.get(key(request));
        if (launch == null) {
            return Optional.empty();
        }
        refuseChanged(launch, request);
        refuseDead(launch);
        return Optional.of(launch.instances());
    }

    void remember(RunInstancesRequest request, List<StoredInstance> instances) {
        if (request.clientToken() != null) {
            launches.put(key(request), new Launch(withoutExceptions(request), List.copyOf(instances)));
        }
    }

    private static void refuseChanged(Launch launch, RunInstancesRequest request) {
        if (!launch.request().equals(withoutExceptions(request))) {
            throw refused(
                    "IdempotentParameterMismatch",
                    "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
        }
    }

    private void refuseDead(Launch launch) {
        boolean dead = launch.instances().stream().anyMatch(instance -> instance.isEnding(here.now()));
        if (dead && !here.behaviour().answersDeadTokens()) {
            throw refused(
                    "IdempotentInstanceTerminated",
                    "The client token provided is associated with instances that are terminated.");
        }
    }

    private String key(RunInstancesRequest request) {
        return LaunchZone.of(request, here.subnets()).orElse("") + "/" + request.clientToken();
    }

    /** Drops what may differ between two sendings of one launch. */
    private static RunInstancesRequest withoutExceptions(RunInstancesRequest request) {
        return request.toBuilder()
                .dryRun(null)
                .placement((software.amazon.awssdk.services.ec2.model.Placement) null)
                .overrideConfiguration((software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration) null)
                .build();
    }
}
