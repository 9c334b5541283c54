package org.amibakery.builder.aws;

import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.notYet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.builder.BuilderRef;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Tells when nothing is left of a builder: it was seen terminated, or is absent after having been seen, and none of its
 * volumes exists. Deletes volumes that outlived it.
 */
final class GoneWatch implements Watch<BuilderRef, GoneWatch.Remains, Void> {
    /** A look may reach a part of EC2 that lags, so absence counts only when it lasts. */
    static final Duration ABSENCE_COUNTS_AFTER = Duration.ofMinutes(1);

    /** Long after a termination is done; then something keeps the builder alive. */
    static final Duration OVERDUE_AFTER = Duration.ofMinutes(30);

    private final Instances instances;
    private final LeftoverVolumes volumes;

    GoneWatch(Instances instances, LeftoverVolumes volumes) {
        this.instances = instances;
        this.volumes = volumes;
    }

    @Override
    public String id(BuilderRef builder) {
        return builder.id().value();
    }

    @Override
    public Map<String, Remains> look(Set<String> ids) {
        Map<String, Instance> visible = instances.byId(ids);
        Map<String, Instance> terminated = new LinkedHashMap<>(visible);
        terminated.values().removeIf(instance -> !isTerminated(instance));
        Set<String> dead = new LinkedHashSet<>(ids);
        dead.removeIf(id -> visible.containsKey(id) && !terminated.containsKey(id));
        Map<String, List<Volume>> left = volumes.clear(dead, terminated);
        Map<String, Remains> remains = new LinkedHashMap<>();
        for (String id : ids) {
            Remains of = new Remains(Optional.ofNullable(visible.get(id)), left.getOrDefault(id, List.of()));
            if (!of.isNothing()) {
                remains.put(id, of);
            }
        }
        return remains;
    }

    @Override
    public Sighting<Void> read(Waiting<BuilderRef> waiting, Optional<Remains> seen) {
        String id = id(waiting.subject());
        if (seen.isEmpty()) {
            return absenceCounts(waiting) ? arrived() : notYet("Builder %s is not visible", id);
        }
        Remains remains = seen.get();
        if (remains.instance().filter(instance -> !isTerminated(instance)).isPresent()) {
            return notYet(
                    "Builder %s is %s", id, remains.instance().get().state().nameAsString());
        }
        return remains.volumes().isEmpty()
                ? arrived()
                : notYet("Builder %s left %s", id, LeftoverVolumes.describe(remains.volumes()));
    }

    @Override
    public Optional<Duration> overdueAfter() {
        return Optional.of(OVERDUE_AFTER);
    }

    private static boolean absenceCounts(Waiting<BuilderRef> waiting) {
        return waiting.wasSeen()
                ? waiting.unseenFor().compareTo(ABSENCE_COUNTS_AFTER) >= 0
                : waiting.age().compareTo(Ec2Errors.GONE_WHEN_UNSEEN_FOR) >= 0;
    }

    private static boolean isTerminated(Instance instance) {
        return switch (instance.state().name()) {
            case TERMINATED -> true;
            case PENDING, RUNNING, SHUTTING_DOWN, STOPPING, STOPPED, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    /** What one look saw of a builder. */
    record Remains(Optional<Instance> instance, List<Volume> volumes) {
        boolean isNothing() {
            return instance.isEmpty() && volumes.isEmpty();
        }
    }
}
