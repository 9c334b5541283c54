package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells how a run of a window stands: the answer of the query {@code progress}, and the result.
 *
 * @param opened from when its hours count
 * @param lastStart the cut-off
 * @param closes its end
 * @param ended when the last recipe's turn was over
 * @param recipes one line for each, in the order of their turns
 * @param retention one line for each family whose old images were looked at
 * @param failedRunsInARow this run and those before it in which a recipe failed; the count begins anew after a pause
 * @param paused why this run paused the window's schedule; absent if it did not
 * @param warnings what else wants attention
 * @param due when a schedule was to start it; absent where none did
 */
public record WindowReport(
        String window,
        WindowState state,
        Instant opened,
        Instant lastStart,
        Instant closes,
        Optional<Instant> ended,
        List<RecipeLine> recipes,
        List<RetentionLine> retention,
        int failedRunsInARow,
        Optional<String> paused,
        List<String> warnings,
        Optional<Instant> due) {

    public WindowReport {
        requireNonNull(window, "window");
        requireNonNull(state, "state");
        requireNonNull(opened, "opened");
        requireNonNull(lastStart, "lastStart");
        requireNonNull(closes, "closes");
        ended = ended == null ? Optional.empty() : ended;
        recipes = recipes == null ? List.of() : List.copyOf(recipes);
        retention = retention == null ? List.of() : List.copyOf(retention);
        paused = paused == null ? Optional.empty() : paused;
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        due = due == null ? Optional.empty() : due;
    }
}
