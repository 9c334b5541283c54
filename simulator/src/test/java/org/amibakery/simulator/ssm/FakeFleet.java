package org.amibakery.simulator.ssm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.InstanceView;
import org.amibakery.simulator.world.PlatformFamily;

/** Instances that a test launches, stops and terminates by word. */
final class FakeFleet implements InstanceFleet {
    private final Map<String, InstanceView> instances = new LinkedHashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    @Override
    public Optional<InstanceView> find(String instanceId) {
        return Optional.ofNullable(instances.get(instanceId));
    }

    @Override
    public List<InstanceView> all() {
        return List.copyOf(instances.values());
    }

    @Override
    public void whenTerminated(Consumer<String> listener) {
        listeners.add(listener);
    }

    void runs(String id, Instant since) {
        put(id, "running", since, Optional.of(since), Optional.of("ami-bakery-builder"));
    }

    void runsWithoutProfile(String id, Instant since) {
        put(id, "running", since, Optional.of(since), Optional.empty());
    }

    void stops(String id) {
        put(id, "stopped", instances.get(id).launchedAt(), Optional.empty(), Optional.of("ami-bakery-builder"));
    }

    void terminates(String id) {
        put(id, "shutting-down", instances.get(id).launchedAt(), Optional.empty(), Optional.of("ami-bakery-builder"));
        listeners.forEach(listener -> listener.accept(id));
    }

    private void put(
            String id, String state, Instant launchedAt, Optional<Instant> runningSince, Optional<String> profile) {
        instances.put(
                id,
                new InstanceView(
                        id,
                        state,
                        launchedAt,
                        runningSince,
                        "ami-0123456789abcdef0",
                        "al2023-ami-2023.8",
                        PlatformFamily.AMAZON_LINUX,
                        "10.0.0.7",
                        Map.of("Name", "builder-" + id),
                        profile));
    }
}
