package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells how a run of a window stands: the answer of the query {@code progress}, and the result.
 *
 * @param opened when it was scheduled to open, from which its hours count
 * @param lastStart the cut-off
 * @param closes its end
 * @param ended when the last recipe's turn was over
 * @param recipes one line for each, in the order of their turns
 */
public record WindowReport(
        String window,
        WindowState state,
        Instant opened,
        Instant lastStart,
        Instant closes,
        Optional<Instant> ended,
        List<RecipeLine> recipes) {

    public WindowReport {
        requireNonNull(window, "window");
        requireNonNull(state, "state");
        requireNonNull(opened, "opened");
        requireNonNull(lastStart, "lastStart");
        requireNonNull(closes, "closes");
        ended = ended == null ? Optional.empty() : ended;
        recipes = recipes == null ? List.of() : List.copyOf(recipes);
    }
}
