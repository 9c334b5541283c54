package org.amibakery.bake.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Writes a playbook's variables as Base64 of a JSON object, so that no character of theirs means anything to a shell. */
final class PlaybookVariables {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private PlaybookVariables() {}

    /** Encodes the variables; equal ones give equal text. */
    static String encode(Map<String, Object> variables) {
        try {
            return Base64.getEncoder()
                    .encodeToString(JSON.writeValueAsString(variables).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("Variables that were read as JSON cannot be written", unwritable);
        }
    }
}
