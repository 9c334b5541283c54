package org.amibakery.builder.aws;

import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.gone;
import static org.amibakery.watch.Sighting.notYet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.aws.Refusals;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.RunningBuilder;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Tells when a builder runs, or why it never will. */
final class RunningWatch implements Watch<BuilderRef, Instance, RunningBuilder> {
    private final Instances instances;

    RunningWatch(Instances instances) {
        this.instances = instances;
    }

    @Override
    public String id(BuilderRef builder) {
        return builder.id().value();
    }

    @Override
    public Map<String, Instance> look(Set<String> ids) {
        return instances.byId(ids);
    }

    @Override
    public Sighting<RunningBuilder> read(Waiting<BuilderRef> waiting, Optional<Instance> seen) {
        BuilderRef builder = waiting.subject();
        if (seen.isEmpty()) {
            return invisible(waiting);
        }
        Instance instance = seen.get();
        return switch (instance.state().name()) {
            case PENDING -> notYet("Builder %s is pending", builder.id());
            case RUNNING ->
                arrived(new RunningBuilder(builder.id(), instance.placement().availabilityZone()));
            case STOPPING, STOPPED -> gone(InstanceDeath.stopped(instance, Reaction.RELAUNCH, "Another is launched."));
            case SHUTTING_DOWN, TERMINATED, UNKNOWN_TO_SDK_VERSION -> gone(InstanceDeath.failure(instance));
        };
    }

    private static Sighting<RunningBuilder> invisible(Waiting<BuilderRef> waiting) {
        BuilderRef builder = waiting.subject();
        if (waiting.age().compareTo(Ec2Errors.VISIBLE_WITHIN) < 0) {
            return notYet("Builder %s is not visible yet", builder.id());
        }
        return gone(Refusals.failure(
                new Refusal("DescribeInstances", "BuilderNotVisible", Reaction.RELAUNCH, Blame.AWS),
                "EC2 launched the builder %s in %s, yet does not show it after %d minutes. Another is launched.",
                builder.id(),
                builder.region(),
                Ec2Errors.VISIBLE_WITHIN.toMinutes()));
    }
}
