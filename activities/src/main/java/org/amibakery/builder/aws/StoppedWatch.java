package org.amibakery.builder.aws;

import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.gone;
import static org.amibakery.watch.Sighting.notYet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.builder.BuilderRef;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Tells when a builder is stopped, so that its volume is consistent. */
final class StoppedWatch implements Watch<BuilderRef, Instance, Void> {
    private final Instances instances;

    StoppedWatch(Instances instances) {
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
    public Sighting<Void> read(Waiting<BuilderRef> waiting, Optional<Instance> seen) {
        if (seen.isEmpty()) {
            return notYet("Builder %s is not visible", waiting.subject().id());
        }
        Instance instance = seen.get();
        return switch (instance.state().name()) {
            case STOPPED -> arrived();
            case PENDING, RUNNING, STOPPING, UNKNOWN_TO_SDK_VERSION ->
                notYet(
                        "Builder %s is %s",
                        waiting.subject().id(), instance.state().nameAsString());
            case SHUTTING_DOWN, TERMINATED -> gone(InstanceDeath.failure(instance));
        };
    }
}
