package org.amibakery.simulator.ssm;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.amibakery.simulator.world.InstanceView;

/**
 * Describes one run of one step on one instance.
 *
 * @param instance where it runs
 * @param commandId the command it belongs to
 * @param documentName the document's name
 * @param stepName the step's name
 * @param script the script's lines with all values put in, to be joined by line breaks
 * @param environment the variables the agent sets, SSM_ ones of parameters included
 * @param timeout the running time after which the agent kills the script, not divided by any speed
 * @param run counts the runs from 1; later ones follow a reboot the script asked for (exit 194)
 */
public record StepExecution(
        InstanceView instance,
        String commandId,
        String documentName,
        String stepName,
        List<String> script,
        Map<String, String> environment,
        Duration timeout,
        int run) {
    /** Refuses absent parts. */
    public StepExecution {
        requireNonNull(instance, "instance");
        requireNonNull(commandId, "commandId");
        requireNonNull(documentName, "documentName");
        requireNonNull(stepName, "stepName");
        script = List.copyOf(script);
        environment = Map.copyOf(environment);
        requireNonNull(timeout, "timeout");
    }

    StepExecution again() {
        return new StepExecution(instance, commandId, documentName, stepName, script, environment, timeout, run + 1);
    }
}
