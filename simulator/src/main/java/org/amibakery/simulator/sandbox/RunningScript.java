package org.amibakery.simulator.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A script of a machine's agent, under way. */
final class RunningScript {
    private static final int KILLED = 137;

    private final Enclosed machine;
    private final String unit;
    private final Process process;
    private final Path stdout;
    private final Path stderr;
    private volatile boolean killed;

    private RunningScript(Enclosed machine, String unit, Process process, Path stdout, Path stderr) {
        this.machine = machine;
        this.unit = unit;
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Begins it as a transient unit, which leaves no file behind. Its output goes to files of this computer, so that a daemon
     * that keeps them open does not keep the script from ending.
     */
    static RunningScript begin(AgentScript script, Enclosed machine, Path root, Path output) {
        String unit = "agent-" + output.getFileName();
        String launcher = "/run/" + unit;
        Path stdout = output.resolveSibling(output.getFileName() + ".out");
        Path stderr = output.resolveSibling(output.getFileName() + ".err");
        try {
            Path file = root.resolve(script.file());
            Files.createDirectories(file.getParent());
            Files.writeString(file, script.text(), UTF_8);
            executable(file);
            Files.writeString(machine.file(launcher), script.launcher(), UTF_8);
            executable(machine.file(launcher));
            Process process = new ProcessBuilder(machine.entering(List.of(
                            "systemd-run",
                            "--quiet",
                            "--pipe",
                            "--wait",
                            "--collect",
                            "--unit=" + unit,
                            "--property=KillMode=process",
                            launcher)))
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
            return new RunningScript(machine, unit, process, stdout, stderr);
        } catch (IOException notBegun) {
            throw new UncheckedIOException(notBegun);
        }
    }

    /** Kills it with its children, as the agent does when its command is cancelled. */
    void kill() {
        killed = true;
        machine.run(List.of("systemctl", "kill", "--signal=SIGKILL", unit));
    }

    /** Waits for its end. */
    Exit end() {
        try {
            int code = process.waitFor();
            Exit exit = new Exit(killed ? KILLED : code, taken(stdout), taken(stderr));
            Files.deleteIfExists(machine.file("/run/" + unit));
            return exit;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException stopped) {
            throw Interrupted.during("A script", stopped);
        }
    }

    private static String taken(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), UTF_8);
        Files.delete(file);
        return text;
    }

    private static void executable(Path file) {
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException(file + " could not be made executable");
        }
    }
}
