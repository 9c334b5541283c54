package org.amibakery.lambdas.orphans;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.lambdas.ReservedTags;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What the tags of a resource say: which bake made it, until when it is needed, what it is worth.
 *
 * @param bake the bake that made it
 * @param expires after which nobody needs it; absent when the tag is, or cannot be read
 * @param state of an image or a snapshot: {@code baking}, {@code good} or {@code failed}
 */
public record BakeMarks(BakeRun bake, Optional<Instant> expires, Optional<String> state) {
    private static final String GOOD = "good";

    public BakeMarks {
        expires = expires == null ? Optional.empty() : expires;
        state = state == null ? Optional.empty() : state;
    }

    /** Reads the tags of a resource; nothing when they name another stack, or no bake to which it could be traced. */
    static Optional<BakeMarks> of(List<Tag> tags, String stack) {
        boolean own = ReservedTags.value(tags, ReservedTags.STACK)
                .filter(stack::equals)
                .isPresent();
        return ReservedTags.value(tags, ReservedTags.BAKE)
                .filter(bake -> own && !bake.isBlank())
                .map(bake -> new BakeMarks(
                        new BakeRun(bake, ReservedTags.value(tags, ReservedTags.RUN)),
                        ReservedTags.value(tags, ReservedTags.EXPIRES).stream()
                                .flatMap(BakeMarks::instant)
                                .findFirst(),
                        ReservedTags.value(tags, ReservedTags.STATE)));
    }

    /** Whether a bake was finished with it, so that retention decides. */
    boolean areGood() {
        return state.filter(GOOD::equals).isPresent();
    }

    private static Stream<Instant> instant(String text) {
        try {
            return Stream.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) { // as if there were none
            return Stream.empty();
        }
    }
}
