package org.amibakery.simulator.ec2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.amibakery.simulator.world.ImageView;
import org.amibakery.simulator.world.Machines;
import org.amibakery.simulator.world.NewMachine;

/** Machines that do what they are asked only when the test says so. */
final class FakeMachines implements Machines {
    final List<NewMachine> launched = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Optional<String> reason = Optional.empty();

    private final Map<String, CompletableFuture<Void>> waiting = new HashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    /** Lets what was asked be done, such as {@code stop}. */
    void finish(String what) {
        waiting.remove(what).complete(null);
    }

    void fail(String what, String message) {
        waiting.remove(what).completeExceptionally(new IllegalStateException(message));
    }

    void powersItselfOff(String instanceId) {
        listeners.forEach(listener -> listener.accept(instanceId));
    }

    @Override
    public Optional<String> reasonAgainst(ImageView image) {
        return reason;
    }

    @Override
    public CompletionStage<Void> launch(NewMachine machine) {
        launched.add(machine);
        return ask("launch");
    }

    @Override
    public CompletionStage<Void> stop(String instanceId) {
        return ask("stop");
    }

    @Override
    public CompletionStage<Void> start(String instanceId) {
        return ask("start");
    }

    @Override
    public CompletionStage<Void> terminate(String instanceId) {
        return ask("terminate");
    }

    @Override
    public CompletionStage<Void> archive(String instanceId, String imageId) {
        return ask("archive");
    }

    @Override
    public void copy(String imageId, String copyId) {
        asked.add("copy");
    }

    @Override
    public void forget(String imageId) {
        asked.add("forget");
    }

    @Override
    public Optional<String> console(String instanceId) {
        return Optional.of("console of " + instanceId);
    }

    @Override
    public void whenPoweredOff(Consumer<String> listener) {
        listeners.add(listener);
    }

    private CompletionStage<Void> ask(String what) {
        asked.add(what);
        return waiting.computeIfAbsent(what, unused -> new CompletableFuture<>());
    }
}
