package org.amibakery.simulator.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A machine with systemd and cloud-init in a container, which can be powered on and off, reboots itself, and keeps its disk
 * meanwhile. It shares this computer's kernel, clock and network. Closing it ends and forgets it. Thread-safe.
 */
public final class Machine implements AutoCloseable {
    /** Longer than a boot or a shutdown takes on a slow, busy computer. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What systemd-nspawn exits with when the machine rebooted rather than powered off. */
    private static final int REBOOTED = 133;

    private static final String AGENT = "amazon-ssm-agent.service";

    private final Enclosure enclosure;
    private final Disk image;
    private final Path console;
    private final AtomicInteger scripts = new AtomicInteger();
    private Optional<Process> container = Optional.empty();
    private Runnable onPowerOff = () -> {};
    private boolean offIsExpected;
    private int boots;

    Machine(Enclosure enclosure, Disk image, Path console) {
        this.enclosure = enclosure;
        this.image = image;
        this.console = console;
    }

    /** Does something whenever the machine powers itself off. */
    synchronized void whenPoweredOff(Runnable action) {
        onPowerOff = action;
    }

    /** Powers it on; does not wait. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows its end cannot fail
    public synchronized void start() {
        if (isOn()) {
            throw new IllegalStateException(enclosure.name() + " is on already");
        }
        List<String> boot = List.of(
                "systemd-nspawn",
                "--quiet",
                "--register=no",
                "--keep-unit",
                "--boot",
                "--console=pipe",
                "--link-journal=no",
                "--resolv-conf=off",
                "--timezone=off",
                "--machine=" + enclosure.name(),
                "--directory=" + enclosure.root());
        try {
            Process started = new ProcessBuilder(enclosure.entering(boot))
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                    .start();
            boots++;
            offIsExpected = false;
            container = Optional.of(started);
            started.onExit().thenAccept(this::ended);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Whether it is powered on, booting and shutting down included. */
    public synchronized boolean isOn() {
        return container.isPresent();
    }

    /** Waits until its agent runs; false when it went off before. */
    public boolean awaitAgent() {
        return await("its agent ran", () -> inside("systemctl", "--quiet", "is-active", AGENT)
                .isSuccess());
    }

    /** Waits until everything that starts at boot has started, and user data has run; false when it went off before. */
    public boolean awaitBooted() {
        boolean started = await("it had booted", () -> List.of("running", "degraded")
                .contains(inside("systemctl", "is-system-running").output().strip()));
        return started && inside("cloud-init", "status", "--wait").code() != Enclosed.OFF && isOn();
    }

    /** Waits until it has powered itself off. */
    public void awaitPowerOff() {
        await("it went off", () -> false);
    }

    /** Powers it off as StopInstances does: services are stopped in order, and what hangs is ended by force. */
    public void powerOff() {
        Optional<Process> running;
        synchronized (this) {
            offIsExpected = true;
            running = container;
        }
        running.ifPresent(process -> {
            inside("systemctl", "poweroff");
            if (!ends(process)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.onExit().join();
            }
            synchronized (this) {
                container = container.filter(current -> current != process);
            }
        });
    }

    /** Reboots it in order, and waits until its agent runs again; false when it went off instead. */
    public boolean reboot() {
        int before;
        synchronized (this) {
            before = boots;
        }
        inside("systemctl", "reboot");
        return await("it had rebooted", () -> boots() > before) && awaitAgent();
    }

    /** Runs a script as the SSM Agent does, and waits for its end. */
    public Exit run(AgentScript script) {
        return begin(script).end();
    }

    /** Begins to run a script as the SSM Agent does. */
    RunningScript begin(AgentScript script) {
        int number = scripts.incrementAndGet();
        Enclosed inside = enclosed().orElseThrow(() -> new IllegalStateException("The machine is off"));
        return RunningScript.begin(
                script, inside, enclosure.rootFromOutside(), console.resolveSibling("script-" + number));
    }

    /** Runs a command; {@code 255} tells that the machine is off. */
    public Exit inside(String... command) {
        return enclosed().map(it -> it.run(List.of(command))).orElse(new Exit(Enclosed.OFF, "The machine is off.", ""));
    }

    /** A file of the machine, by its path relative to the root. Absolute links inside lead astray. */
    public Path file(String relative) {
        return enclosure.rootFromOutside().resolve(relative);
    }

    /** The layer with all that differs from its image, in overlayfs's own way of writing. */
    public Path changes() {
        return enclosure.changes();
    }

    /** What it was launched from. */
    Disk image() {
        return image;
    }

    /** Its disk as an image would have it: without what it needs only here. Not to be used while it is on. */
    public Disk disk() {
        return image.under(enclosure.changes());
    }

    /**
     * Ends it, which must be off, and hands its disk over: its layer is moved to this folder beside its own, as quick as a
     * snapshot. It can go on as another machine made of that disk.
     */
    Disk leave(Path layer) {
        try {
            Files.move(enclosure.changes(), layer, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        close();
        return image.under(layer);
    }

    /** What it has written to its console. */
    public String console() {
        try {
            return Files.exists(console) ? Files.readString(console, ISO_8859_1) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its name, which every process of it has in its command line or above it. */
    public String name() {
        return enclosure.name();
    }

    @Override
    public void close() {
        Optional<Process> running;
        synchronized (this) {
            offIsExpected = true;
            running = container;
            container = Optional.empty();
        }
        enclosure.close();
        running.ifPresent(process -> process.onExit().join());
    }

    private synchronized int boots() {
        return boots;
    }

    private void ended(Process process) {
        Runnable then = () -> {};
        synchronized (this) {
            if (container.filter(current -> current == process).isEmpty()) {
                return;
            }
            container = Optional.empty();
            if (process.exitValue() == REBOOTED && !offIsExpected) {
                start();
            } else if (!offIsExpected) {
                then = onPowerOff;
            }
        }
        then.run();
    }

    /** Waits for a condition, or until the machine is off for good; fails when neither comes. */
    private boolean await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (isOn()) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        "%s was not seen within %s that %s:%n%s".formatted(name(), PATIENCE, what, console()));
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            throw Interrupted.during("Waiting for a machine", stopped);
        }
    }

    private static boolean ends(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw Interrupted.during("Powering a machine off", stopped);
        }
    }

    /** The started process has one child, systemd-nspawn, and that one the machine's first process. */
    private synchronized Optional<Enclosed> enclosed() {
        return container.flatMap(process ->
                process.children().flatMap(ProcessHandle::children).findFirst().map(init -> new Enclosed(init.pid())));
    }
}
