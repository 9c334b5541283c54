package org.amibakery.builder.aws;

import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.notYet;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.FoundBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Tells what a launch made whose answer was lost. It answers "nothing" only when an instance would have become visible;
 * it prefers a living instance to a dead one, since tokens are zonal and can have made two.
 */
final class LaunchTokenWatch implements Watch<FindBuilder, List<Instance>, FoundBuilder> {
    /**
     * Half a minute more than EC2 may take to show an instance. Measured by this worker's own looks, not by the wait's age:
     * the age compares two machines' clocks, and a builder that is not found is never terminated.
     */
    static final Duration LOOKS_FOR = Ec2Errors.VISIBLE_WITHIN.plusSeconds(30);

    private final Instances instances;

    LaunchTokenWatch(Instances instances) {
        this.instances = instances;
    }

    @Override
    public String id(FindBuilder wanted) {
        return wanted.token().value();
    }

    @Override
    public Map<String, List<Instance>> look(Set<String> tokens) {
        return instances.byToken(tokens).stream().collect(Collectors.groupingBy(Instance::clientToken));
    }

    @Override
    public Sighting<FoundBuilder> read(Waiting<FindBuilder> waiting, Optional<List<Instance>> seen) {
        Optional<InstanceId> found = seen.flatMap(LaunchTokenWatch::livingFirst);
        if (found.isPresent() || waiting.unseenFor().compareTo(LOOKS_FOR) >= 0) {
            return arrived(new FoundBuilder(found));
        }
        return notYet("No instance of launch %s is visible", waiting.subject().token());
    }

    private static Optional<InstanceId> livingFirst(List<Instance> launched) {
        return launched.stream()
                .min(Comparator.comparing(Instances::isDead))
                .map(instance -> new InstanceId(instance.instanceId()));
    }
}
