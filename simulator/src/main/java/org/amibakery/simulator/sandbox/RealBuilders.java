package org.amibakery.simulator.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.amibakery.simulator.ssm.CommandRunner;
import org.amibakery.simulator.world.Machines;

/** A sandbox as the simulated services see it: machines behind EC2's instances, and a runner of Systems Manager's commands. */
public final class RealBuilders implements AutoCloseable {
    private final Sandbox sandbox;
    private final ExecutorService threads;
    private final SandboxMachines machines;
    private final SandboxRunner runner;

    private RealBuilders(Sandbox sandbox, ExecutorService threads, Supplier<Map<String, String>> environment) {
        this.sandbox = sandbox;
        this.threads = threads;
        machines = new SandboxMachines(sandbox, threads);
        runner = new SandboxRunner(machines, threads, environment);
    }

    /**
     * Opens a sandbox in a folder.
     *
     * @param environment the variables that lead a builder's programs to the simulator, asked when a script begins
     * @throws SandboxUnavailable when this computer lacks what it takes
     */
    public static RealBuilders in(Path folder, Supplier<Map<String, String>> environment) {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sandbox-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        return new RealBuilders(Sandbox.open(folder), threads, environment);
    }

    /** What stands behind the instances. */
    public Machines machines() {
        return machines;
    }

    /** What runs the commands. */
    public CommandRunner runner() {
        return runner;
    }

    /** Finds an instance's machine, to look inside. */
    public Optional<Machine> machineOf(String instanceId) {
        return machines.of(instanceId);
    }

    /** Finds the content of an image that was made of an instance, to look inside. */
    public Optional<Disk> diskOf(String imageId) {
        return machines.diskOf(imageId);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sandbox.close();
    }
}
