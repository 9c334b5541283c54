package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what SendCommand accepted.
 *
 * @param id the command's id, a UUID
 * @param document the document version it runs
 * @param comment the caller's comment, empty when none
 * @param sent the parameters as they were sent
 * @param values the value of every declared parameter
 * @param instanceIds where it runs
 * @param requestedAt when it was accepted
 * @param deliveryTimeout how long it may wait for an agent (SendCommand, TimeoutSeconds), not divided by any speed
 * @param output where the whole output goes
 * @param fact what befalls it
 */
record SentCommand(
        String id,
        DocumentVersion document,
        String comment,
        Map<String, List<String>> sent,
        Map<String, List<String>> values,
        List<String> instanceIds,
        Instant requestedAt,
        Duration deliveryTimeout,
        Optional<OutputLocation> output,
        CommandFact fact) {
    /**
     * Names where output goes in S3.
     *
     * @param bucket the bucket
     * @param prefix the key prefix, empty when none
     */
    record OutputLocation(String bucket, String prefix) {
        /** Names the folder of an instance's output, laid out as the agent does. */
        String folder(SentCommand command, String instanceId) {
            return (prefix.isEmpty() ? "" : prefix + "/") + command.id() + "/" + instanceId;
        }

        /** Names the object of one stream of one step. */
        String key(SentCommand command, String instanceId, StepSpec step, String stream) {
            return folder(command, instanceId) + "/" + step.action().replace(":", "") + "/" + step.name() + "/"
                    + stream;
        }
    }
}
