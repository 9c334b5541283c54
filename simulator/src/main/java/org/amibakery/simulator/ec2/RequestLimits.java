package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.SimulatorClock;

/**
 * EC2's published token buckets, one per operation (user guide "Request throttling for the Amazon EC2 API"). They refill
 * faster at higher speed, since polling does too.
 */
final class RequestLimits {
    private record Rate(double capacity, double perSecond) {}

    private static final Rate NON_MUTATING = new Rate(100, 20);
    private static final Rate UNFILTERED = new Rate(50, 10);
    private static final Rate MUTATING = new Rate(50, 5);
    private static final Rate UNCATEGORIZED = new Rate(100, 5);
    private static final Set<String> SMALLER_WHEN_UNFILTERED = Set.of(
            "DescribeInstances",
            "DescribeInstanceStatus",
            "DescribeNetworkInterfaces",
            "DescribeSecurityGroups",
            "DescribeSnapshots",
            "DescribeVolumes");
    private static final Map<String, Rate> SPECIAL = Map.ofEntries(
            Map.entry("CopyImage", new Rate(100, 1)),
            Map.entry("CreateLaunchTemplateVersion", UNCATEGORIZED),
            Map.entry("CreateTags", new Rate(100, 10)),
            Map.entry("CreateVolume", UNCATEGORIZED),
            Map.entry("DeleteSnapshot", UNCATEGORIZED),
            Map.entry("DeleteTags", new Rate(100, 10)),
            Map.entry("DeleteVolume", UNCATEGORIZED),
            Map.entry("DeregisterImage", UNCATEGORIZED),
            Map.entry("ModifyImageAttribute", UNCATEGORIZED),
            Map.entry("ModifyLaunchTemplate", UNCATEGORIZED),
            Map.entry("ModifySnapshotAttribute", UNCATEGORIZED),
            Map.entry("RunInstances", new Rate(5, 2)),
            Map.entry("StartInstances", new Rate(5, 2)),
            Map.entry("TerminateInstances", UNCATEGORIZED));
    private static final Map<String, Rate> RESOURCES = Map.of(
            "RunInstances", new Rate(1000, 2),
            "StartInstances", new Rate(1000, 2),
            "StopInstances", new Rate(1000, 20),
            "TerminateInstances", new Rate(1000, 20));

    private final SimulatorClock clock;
    private final Map<String, Bucket> buckets = new TreeMap<>();

    RequestLimits(SimulatorClock clock) {
        this.clock = clock;
    }

    /** Takes a request token, from the smaller bucket for a look-up with neither filter, ids nor page size. */
    void admit(Admission admission) {
        String operation = admission.operation();
        boolean small = !admission.narrowed() && SMALLER_WHEN_UNFILTERED.contains(operation);
        Rate rate = small ? UNFILTERED : rateOf(operation);
        bucket(small ? operation + " unfiltered" : operation, rate).take(1);
    }

    /** Takes a token for each instance a request is about. */
    void admitResources(String operation, int resources) {
        bucket(operation + " resources", RESOURCES.get(operation)).take(resources);
    }

    private static Rate rateOf(String operation) {
        boolean readOnly = operation.startsWith("Describe") || operation.startsWith("Get");
        return SPECIAL.getOrDefault(operation, readOnly ? NON_MUTATING : MUTATING);
    }

    private Bucket bucket(String name, Rate rate) {
        return buckets.computeIfAbsent(name, unused -> new Bucket(rate, clock.now()));
    }

    /**
     * What a request asks of the limits.
     *
     * @param narrowed whether it names ids, a filter or a page size
     */
    record Admission(String operation, boolean narrowed) {}

    private final class Bucket {
        private final Rate rate;
        private double tokens;
        private Instant filledAt;

        Bucket(Rate rate, Instant now) {
            this.rate = rate;
            this.tokens = rate.capacity();
            this.filledAt = now;
        }

        void take(int wanted) {
            Instant now = clock.now();
            double seconds = Duration.between(filledAt, now).toNanos() / 1e9 * clock.speed();
            tokens = Math.min(rate.capacity(), tokens + seconds * rate.perSecond());
            filledAt = now;
            if (tokens < wanted) {
                throw SimulatorError.of(503, "RequestLimitExceeded", "Request limit exceeded.");
            }
            tokens -= wanted;
        }
    }
}
