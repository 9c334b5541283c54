package org.amibakery.acceptance.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Debian machine with systemd and cloud-init, which can be started, rebooted and powered off, and keeps its disk
 * meanwhile. It shares this computer's kernel, clock and network. Closing it ends and forgets it.
 */
public final class Machine implements AutoCloseable {
    /** Longer than a boot or a shutdown takes on a slow, busy computer. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What systemd-nspawn exits with when the machine rebooted rather than powered off. */
    private static final int REBOOTED = 133;

    private static final Path AGENT_FOLDER = Path.of("var", "lib", "amazon", "ssm", "commands");
    /** Where cloud-init finds what it would ask the metadata service for; it is not on the disk. */
    private static final String SEED = "/var/lib/cloud/seed/nocloud";

    private final Enclosure enclosure;
    private Optional<Process> running = Optional.empty();
    private int commands;

    private Machine(Enclosure enclosure) {
        this.enclosure = enclosure;
    }

    /** A machine that was never started. */
    public static Machine of(DebianRoot root) {
        return new Machine(Enclosure.over(root));
    }

    /** Powers it on as a new instance, whose cloud-init runs this user data once; does not wait. */
    public void launch(String instanceId, String userData) {
        write(
                enclosure.seedFromOutside().resolve("meta-data"),
                "instance-id: %s\nlocal-hostname: builder\n".formatted(instanceId));
        write(enclosure.seedFromOutside().resolve("user-data"), userData);
        start();
    }

    /** Powers it on again; does not wait. */
    public void start() {
        assertThat(isOn()).as("it is off").isFalse();
        List<String> boot = new ArrayList<>(List.of("systemd-nspawn", "--quiet", "--register=no", "--keep-unit"));
        boot.addAll(List.of("--boot", "--console=pipe", "--bind-ro=" + enclosure.seed() + ":" + SEED));
        boot.addAll(List.of("-M", enclosure.name(), "-D"));
        boot.add(enclosure.root().toString());
        try {
            running = Optional.of(new ProcessBuilder(enclosure.entering(boot))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Waits until everything that starts at boot has started, and user data has run. */
    public void awaitBooted() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> !isOn() || hasStartedEverything());
        assertThat(isOn()).as("it is still on after its boot").isTrue();
        ask("cloud-init", "status", "--wait");
    }

    /** Whether it is powered on, booting and shutting down included. */
    public boolean isOn() {
        return running.filter(Process::isAlive).isPresent();
    }

    /** Waits until it has powered itself off. */
    public void awaitPowerOff() {
        assertThat(exitCode())
                .as("systemd-nspawn's exit code: 0 is a power-off")
                .isZero();
    }

    /** Powers it off as StopInstances does: services are stopped in order. */
    public void powerOff() {
        inside("systemctl", "poweroff");
        awaitPowerOff();
    }

    /** Reboots it in order, and waits until it has booted. */
    public void reboot() {
        inside("systemctl", "reboot");
        assertThat(exitCode()).as("systemd-nspawn's exit code").isEqualTo(REBOOTED);
        start();
        awaitBooted();
    }

    /**
     * Runs a script as the SSM Agent does: a file of its own in the agent's folder, by {@code sh -c}, as a system service
     * without HOME.
     */
    public ScriptRun runAsAgent(String script, Map<String, String> environment) {
        Path file = AGENT_FOLDER.resolve(Integer.toString(++commands)).resolve("_script.sh");
        write(rootFile(file), script);
        assertThat(rootFile(file).toFile().setExecutable(true)).isTrue();
        List<String> command = new ArrayList<>(List.of("systemd-run", "--quiet", "--pipe", "--wait"));
        command.addAll(List.of("-p", "RuntimeMaxSec=" + PATIENCE.toSeconds()));
        environment.forEach((name, value) -> command.add("--setenv=%s=%s".formatted(name, value)));
        command.addAll(List.of("sh", "-c", "/" + file));
        return inside(command.toArray(String[]::new));
    }

    /** What a command prints that must succeed. */
    public String ask(String... command) {
        ScriptRun answer = inside(command);
        assertThat(answer.exitCode())
                .as("%s%n%s", String.join(" ", command), answer.output())
                .isZero();
        return answer.output().strip();
    }

    /** What a command prints that may fail. */
    public ScriptRun inside(String... command) {
        return systemd().map(init -> enter(init, command)).orElseGet(() -> new ScriptRun(255, "The machine is off."));
    }

    /** Every file and link that is not as it was in the Debian root, relative to the machine's root. */
    public List<Path> changedFiles() {
        Path changes = enclosure.changesFromOutside();
        try (Stream<Path> files = Files.walk(changes)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(changes::relativize)
                    .filter(file -> Files.exists(rootFile(file), LinkOption.NOFOLLOW_LINKS)) // else it marks a deletion
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A file of the machine, by its path relative to the root. Links inside lead astray. */
    public Path rootFile(Path relative) {
        return enclosure.rootFromOutside().resolve(relative);
    }

    @Override
    public void close() {
        enclosure.close();
        running.ifPresent(process -> process.onExit().join());
    }

    private boolean hasStartedEverything() {
        String state = inside("systemctl", "is-system-running").output().strip();
        return state.equals("running") || state.equals("degraded");
    }

    private int exitCode() {
        Process process = running.orElseThrow();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it went off within %s", PATIENCE)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /**
     * nsenter would stop itself when the machine's shutdown stops the command, and then never reap it, on which the
     * shutdown waits; a shell does not.
     */
    private static ScriptRun enter(ProcessHandle init, String... command) {
        List<String> entering = new ArrayList<>(List.of("nsenter", "--all", "--no-fork"));
        entering.addAll(List.of("--target", Long.toString(init.pid()), "sh", "-c", "\"$@\"; exit $?", "sh"));
        entering.addAll(List.of(command));
        return Commands.run(entering);
    }

    /** nsenter has one child, systemd-nspawn, and that one the machine's first process. */
    private Optional<ProcessHandle> systemd() {
        return running.orElseThrow().children().flatMap(ProcessHandle::children).findFirst();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
