package org.amibakery.simulator.world;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Puts nothing behind the instances: every change of theirs is done at once, and the timings alone tell how long it takes. */
public final class NoMachines implements Machines {
    @Override
    public Optional<String> reasonAgainst(ImageView image) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Void> launch(NewMachine machine) {
        return done();
    }

    @Override
    public CompletionStage<Void> stop(String instanceId) {
        return done();
    }

    @Override
    public CompletionStage<Void> start(String instanceId) {
        return done();
    }

    @Override
    public CompletionStage<Void> terminate(String instanceId) {
        return done();
    }

    @Override
    public CompletionStage<Void> archive(String instanceId, String imageId) {
        return done();
    }

    @Override
    public void copy(String imageId, String copyId) {}

    @Override
    public void forget(String imageId) {}

    @Override
    public Optional<String> console(String instanceId) {
        return Optional.empty();
    }

    @Override
    public void whenPoweredOff(Consumer<String> listener) {}

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }
}
