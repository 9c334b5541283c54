package org.amibakery.simulator.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A script as the SSM Agent runs it (amazon-ssm-agent 3.3): a file of its own, by {@code sh -c}, in a process group of its own
 * that is killed at the timeout, as a system service without HOME.
 *
 * @param folder where the agent keeps it, relative to its own folder; the same for every run of one script
 * @param text the script
 * @param environment what the agent sets
 * @param timeout after which the agent kills the script and its children
 */
public record AgentScript(String folder, String text, Map<String, String> environment, Duration timeout) {
    private static final Path AGENT = Path.of("var", "lib", "amazon", "ssm");

    /** Refuses absent parts. */
    public AgentScript {
        requireNonNull(folder, "folder");
        requireNonNull(text, "text");
        environment = Map.copyOf(environment);
        requireNonNull(timeout, "timeout");
    }

    /** The script's file, relative to the machine's root. */
    Path file() {
        return AGENT.resolve(folder).resolve("_script.sh");
    }

    /**
     * A shell script that does what the agent does. timeout makes a process group and kills it, itself included, so that the
     * code is 137; what left the group lives on, as under the agent, whose unit's working directory this is.
     */
    String launcher() {
        String variables = environment.entrySet().stream()
                .map(variable -> "export %s=%s\n".formatted(variable.getKey(), quoted(variable.getValue())))
                .sorted()
                .collect(Collectors.joining());
        return "#!/bin/sh\n%scd /usr/bin || exit\ntimeout --signal=KILL %d sh -c /%s </dev/null\nexit $?\n"
                .formatted(variables, Math.max(1, timeout.toSeconds()), file());
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
