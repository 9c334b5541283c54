package org.amibakery.simulator.ec2;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.amibakery.simulator.world.ImageCatalog;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.InstanceView;
import org.amibakery.simulator.world.ParameterStore;

/** EC2 as one account sees it in one region. Thread-safe; whatever is not overridden is not simulated. */
public final class SimulatedEc2 extends NetworkCalls {
    private final Ec2Place here;
    private final Ec2Facts facts;

    SimulatedEc2(Ec2Place here, Nouns nouns, RequestLimits limits, Ec2World.Limits which) {
        super(here, nouns, limits, which);
        this.here = here;
        this.facts = new Ec2Facts(here, nouns, this::tellTerminated);
    }

    Ec2Facts facts() {
        return facts;
    }

    void connect(ParameterStore parameters) {
        synchronized (here.lock()) {
            here.connect(parameters);
        }
    }

    /** Follows a machine that powered itself off; does nothing for one of another place. */
    void poweredOff(String instanceId) {
        synchronized (here.lock()) {
            Optional.ofNullable(here.instances().get(instanceId)).ifPresent(nouns().lifecycle()::shutDown);
        }
        tellTerminated();
    }

    ImageCatalog catalog() {
        return imageId -> {
            synchronized (here.lock()) {
                return here.images()
                        .image(imageId)
                        .filter(image -> image.isSharedWith(here.account()))
                        .filter(image -> image.isVisibleAt(here.now()))
                        .filter(image -> image.timeline().isAt(here.now(), "available"))
                        .isPresent();
            }
        };
    }

    InstanceFleet fleet() {
        return new Fleet();
    }

    private final class Fleet implements InstanceFleet {
        @Override
        public Optional<InstanceView> find(String instanceId) {
            return all().stream().filter(view -> view.id().equals(instanceId)).findFirst();
        }

        @Override
        public List<InstanceView> all() {
            synchronized (here.lock()) {
                return here.instances().values().stream()
                        .filter(instance -> instance.existsAt(here.now()))
                        .map(instance -> instance.viewAt(here.now()))
                        .toList();
            }
        }

        @Override
        public void whenTerminated(Consumer<String> listener) {
            here.terminationListeners().add(listener);
        }
    }
}
