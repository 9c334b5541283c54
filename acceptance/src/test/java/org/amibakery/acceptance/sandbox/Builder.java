package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.acceptance.documents.CommandDocument;
import org.amibakery.simulator.sandbox.AgentScript;
import org.amibakery.simulator.sandbox.Disk;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Machine;
import org.amibakery.simulator.sandbox.Sandbox;

/** A builder on which documents are run as the agent runs them. Its agent asks the script again after a reboot. */
final class Builder implements AutoCloseable {
    static final String INSTANCE = "i-0b111de4b111de400";

    /** Longer than any script takes here. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Sandbox sandbox;
    private final Machine machine;
    private final Map<String, String> reaching = new HashMap<>();
    private int commands;

    private Builder(Sandbox sandbox, Machine machine) {
        this.sandbox = sandbox;
        this.machine = machine;
    }

    /** What user data becomes in a launch, where the placeholder is all that the worker replaces. */
    static String userData(Instant expiry) {
        try {
            return Files.readString(CommandDocument.INFRASTRUCTURE.resolve("builder/user-data.sh"))
                    .replace(
                            "@@EXPIRES@@",
                            expiry.truncatedTo(ChronoUnit.SECONDS).toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Powers a new instance of an image on, with this user data, and does not wait. */
    static Builder launched(Sandbox sandbox, Disk image, String instanceId, String userData) {
        return started(sandbox, sandbox.instance(image, instanceId, userData));
    }

    /** Powers a machine on, and does not wait. */
    static Builder started(Sandbox sandbox, Machine machine) {
        machine.start();
        return new Builder(sandbox, machine);
    }

    /** Powers a new Debian on, without cloud-init, which takes most of a boot's time, and waits until it has booted. */
    static Builder booted(Sandbox sandbox) {
        return started(sandbox, sandbox.machine(sandbox.debian())).awaitBooted();
    }

    Builder awaitBooted() {
        assertThat(machine.awaitBooted())
                .as("it is still on after its boot%n%s", machine.console())
                .isTrue();
        return this;
    }

    /** Lets its scripts reach AWS by these variables, which stand for its instance role. */
    Builder reaching(Map<String, String> variables) {
        reaching.putAll(variables);
        return this;
    }

    Machine machine() {
        return machine;
    }

    /** Launches a new instance of what this one's disk has become; this one must be off. */
    Builder launchedFromIts(String instanceId, String userData) {
        return launched(sandbox, machine.disk(), instanceId, userData);
    }

    /** Runs a document's script with its parameters in the environment, and again after each reboot it asks for. */
    Exit runs(String document, Map<String, String> parameters) {
        String script = CommandDocument.named(document).scripts().get(0);
        Map<String, String> environment = new HashMap<>(reaching);
        parameters.forEach((name, value) -> environment.put("SSM_" + name, value));
        environment.put("AWS_SSM_INSTANCE_ID", INSTANCE);
        return runAsAgent(script, environment);
    }

    /** Runs a document's script that must succeed, and tells what it printed. */
    String succeeds(String document, Map<String, String> parameters) {
        Exit exit = runs(document, parameters);
        assertThat(exit.code()).as(exit.output()).isZero();
        return exit.stdout();
    }

    Exit runAsAgent(String script, Map<String, String> environment) {
        String folder = INSTANCE + "/document/orchestration/" + ++commands;
        return machine.run(new AgentScript(folder, script, environment, LIMIT));
    }

    /** What a command prints that must succeed. */
    String ask(String... command) {
        Exit answer = machine.inside(command);
        assertThat(answer.code())
                .as("%s%n%s", String.join(" ", command), answer.output())
                .isZero();
        return answer.output().strip();
    }

    /** What a line of shell prints that must succeed. */
    String shell(String line) {
        return ask("bash", "-c", line);
    }

    /** The text of a file, byte by byte; empty for what is no plain file. */
    String text(String relative) {
        Path path = machine.file(relative);
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readString(path, StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether something is there under this name; an empty log counts as nothing. */
    boolean isLeft(String relative) {
        boolean isThere = Files.exists(machine.file(relative), LinkOption.NOFOLLOW_LINKS);
        return isThere && !(relative.startsWith("var/log/") && text(relative).isEmpty());
    }

    /** Every file and link that is not as it was in its image, relative to the root. */
    List<String> changedFiles() {
        Path changes = machine.changes();
        try (Stream<Path> files = Files.walk(changes)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> changes.relativize(file).toString())
                    .filter(file ->
                            Files.exists(machine.file(file), LinkOption.NOFOLLOW_LINKS)) // else it is a deletion
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}
