package org.amibakery.watch;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what to look up for everything that waits, and how to read the answer for one. Stateless, read-only, called by
 * one thread at a time per watcher and by activity threads for their first look.
 *
 * @param <W> what is waited for
 * @param <S> what a look sees of it
 * @param <R> what the wait ends with; {@link Void} for an activity that returns nothing
 */
public interface Watch<W, S, R> {
    /** The id by which it is looked up, unique within its region. */
    String id(W subject);

    /**
     * Looks all ids up in one AWS call (and its pages), through an {@link org.amibakery.aws.ErrorTable}: a retryable
     * failure only delays the next look, any other fails every wait in the set. Use filters, not id parameters: one bad
     * id must not spoil the look for the rest.
     *
     * @return what was seen by id; what is absent is not visible
     */
    Map<String, S> look(Set<String> ids);

    /** Reads one answer; may use the wait's age and past. */
    Sighting<R> read(Waiting<W> waiting, Optional<S> seen);

    /** What takes about as long as this does, for foreseeing its end; everything of the kind, unless a watch tells apart. */
    default String resemblance(W subject) {
        return "";
    }

    /** How many ids one look takes; EC2 filters take 200 values. */
    default int idsPerLook() {
        return 200;
    }

    /** After how long a person is alerted, once, because the wait is a cleanup that has no end of its own. */
    default Optional<Duration> overdueAfter() {
        return Optional.empty();
    }
}
