package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a run of the temporal CLI came to.
 *
 * @param results its standard output
 * @param output all it printed, complaints included
 */
public record CliAnswer(int exitCode, String results, String output) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fails unless it exited with 0. */
    public CliAnswer succeeded() {
        assertThat(exitCode).as(output).isZero();
        return this;
    }

    /** Its standard output, which has to be JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(results);
        } catch (JsonProcessingException other) {
            throw new AssertionError("The temporal CLI answered no JSON, but: " + output, other);
        }
    }
}
