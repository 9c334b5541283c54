package org.amibakery.simulator.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.amibakery.simulator.world.ImageView;
import org.amibakery.simulator.world.Machines;
import org.amibakery.simulator.world.NewMachine;

/** Puts a machine of a sandbox behind every instance; what is asked of one is done in order. Thread-safe. */
final class SandboxMachines implements Machines {
    private final Sandbox sandbox;
    private final Executor threads;
    private final ImageDisks images;
    private final Map<String, NewMachine> launches = new ConcurrentHashMap<>();
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> lastOf = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    SandboxMachines(Sandbox sandbox, Executor threads) {
        this.sandbox = sandbox;
        this.threads = threads;
        this.images = new ImageDisks(sandbox);
    }

    /** Finds the machine of an instance. */
    Optional<Machine> of(String instanceId) {
        return Optional.ofNullable(machines.get(instanceId));
    }

    /** Finds the content of an image that was made of an instance. */
    Optional<Disk> diskOf(String imageId) {
        return images.kept(imageId);
    }

    @Override
    public Optional<String> reasonAgainst(ImageView image) {
        return images.of(image).isPresent() ? Optional.empty() : Optional.of(ImageDisks.reasonAgainst(image));
    }

    @Override
    public CompletionStage<Void> launch(NewMachine launched) {
        Disk disk = images.of(launched.image()).orElseThrow();
        return inOrder(launched.instanceId(), () -> make(launched, disk).start())
                .thenComposeAsync(started -> booted(launched.instanceId()), threads);
    }

    @Override
    public CompletionStage<Void> stop(String instanceId) {
        return inOrder(instanceId, () -> of(instanceId).ifPresent(Machine::powerOff));
    }

    @Override
    public CompletionStage<Void> start(String instanceId) {
        return inOrder(instanceId, () -> of(instanceId).ifPresent(Machine::start))
                .thenComposeAsync(started -> booted(instanceId), threads);
    }

    @Override
    public CompletionStage<Void> terminate(String instanceId) {
        return inOrder(instanceId, () -> {
            Optional.ofNullable(machines.remove(instanceId)).ifPresent(Machine::close);
            launches.remove(instanceId);
            images.forgetUnused(disksInUse());
        });
    }

    @Override
    public CompletionStage<Void> archive(String instanceId, String imageId) {
        return inOrder(instanceId, () -> of(instanceId).ifPresent(machine -> {
            boolean wasOn = machine.isOn();
            machine.powerOff();
            Disk disk = machine.leave(sandbox.layer(imageId));
            images.keep(imageId, disk);
            Machine goingOn = make(launches.get(instanceId), disk);
            if (wasOn) {
                goingOn.start();
            }
        }));
    }

    @Override
    public void copy(String imageId, String copyId) {
        images.copy(imageId, copyId);
    }

    @Override
    public void forget(String imageId) {
        images.forget(imageId);
        threads.execute(() -> images.forgetUnused(disksInUse()));
    }

    @Override
    public Optional<String> console(String instanceId) {
        return of(instanceId).map(Machine::console);
    }

    @Override
    public void whenPoweredOff(Consumer<String> listener) {
        listeners.add(listener);
    }

    private Machine make(NewMachine launched, Disk disk) {
        Machine machine = sandbox.builder(disk, launched.instanceId(), launched.userData());
        machine.whenPoweredOff(() -> poweredOff(launched.instanceId()));
        launches.put(launched.instanceId(), launched);
        machines.put(launched.instanceId(), machine);
        return machine;
    }

    private void poweredOff(String instanceId) {
        threads.execute(() -> listeners.forEach(listener -> listener.accept(instanceId)));
    }

    /** Never completes for a machine that powered itself off before: what it did instead is told to the listeners. */
    private CompletableFuture<Void> booted(String instanceId) {
        Optional<Machine> machine = of(instanceId);
        boolean runs = machine.isEmpty() || machine.orElseThrow().awaitAgent();
        return runs ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }

    private List<Disk> disksInUse() {
        List<Disk> disks = new ArrayList<>();
        machines.values().forEach(machine -> disks.add(machine.image()));
        return disks;
    }

    /** Lets an instance's machine do one thing after the other, whether or not those before succeeded. */
    private CompletableFuture<Void> inOrder(String instanceId, Runnable action) {
        return lastOf.compute(instanceId, (id, before) -> {
            CompletableFuture<Void> last = before == null ? CompletableFuture.completedFuture(null) : before;
            return last.exceptionally(failed -> null).thenRunAsync(action, threads);
        });
    }
}
