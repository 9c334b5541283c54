package org.amibakery.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;

/**
 * Asks for the retention of one family.
 *
 * @param recipe the family's recipe as its author wrote it; its retention policy applies
 * @param mode {@link RetentionMode#PLAN} unless said: who asks for nothing gets nothing deleted
 * @param most how many images may go in each region in this run, 1 to 100,000; 100 unless said
 * @param continued where an earlier run of the same workflow left off; nothing for clients to send
 */
public record RetentionRequest(
        JsonNode recipe, RetentionMode mode, Integer most, Optional<RetentionLeftOff> continued) {

    /** How many images go in a region in one run unless somebody says otherwise. */
    public static final int USUAL_MOST = 100;

    /** What a region holds, whoever asks; more is a slip of the finger. */
    public static final int GREATEST_MOST = 100_000;

    public RetentionRequest {
        recipe = recipe == null ? NullNode.getInstance() : recipe;
        mode = mode == null ? RetentionMode.PLAN : mode;
        most = most == null ? Integer.valueOf(USUAL_MOST) : Math.min(GREATEST_MOST, Math.max(1, most));
        continued = continued == null ? Optional.empty() : continued;
    }

    /** Asks for one family, with the usual limit. */
    public static RetentionRequest of(JsonNode recipe, RetentionMode mode) {
        return new RetentionRequest(recipe, mode, USUAL_MOST, Optional.empty());
    }

    /** The same request for the next run of the workflow. */
    RetentionRequest continuedAt(RetentionLeftOff where) {
        return new RetentionRequest(recipe, mode, most, Optional.of(where));
    }
}
