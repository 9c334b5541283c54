package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeRequest;
import org.amibakery.change.BakeWhen;

/**
 * Asks for one run of a maintenance window.
 *
 * @param duration how long it lasts, counted from when it was scheduled to open
 * @param cutoff how long before its end the last bake may start; none unless said
 * @param atEnd {@link AtEnd#FINISH} unless said
 * @param onlyWhenChanged whether an unchanged recipe is left out; so it is unless said
 * @param rebakeAfter the age at which an image is baked anew though nothing changed; absent means never
 * @param maxConcurrent at most so many recipes have their turn at once; 2 unless said, 1 to 50
 * @param recipes as their authors wrote them, in the order of their turns
 * @param force bakes every recipe, changed or not
 * @param pauseAfterFailures after how many failed runs in a row the window's schedule is paused; absent means never
 * @param patience how long after its end what still bakes is waited for; 12 hours unless said, less where it opens again
 *     sooner
 * @param opening when it opens; absent where no schedule of ours starts it
 */
public record MaintenanceWindow(
        String name,
        Duration duration,
        Duration cutoff,
        AtEnd atEnd,
        Boolean onlyWhenChanged,
        Optional<Duration> rebakeAfter,
        Integer maxConcurrent,
        List<BakeRequest> recipes,
        boolean force,
        Optional<Integer> pauseAfterFailures,
        Optional<Duration> patience,
        Optional<WindowOpening> opening) {

    /** How many recipes have their turn at once unless a window says otherwise. */
    public static final int USUAL_CONCURRENCY = 2;

    /**
     * A bake may wait for ever to see its builder gone, and while a run is open the schedule skips all that follow. So
     * much is enough for any bake that began before the cut-off and ends by itself.
     */
    public static final Duration USUAL_PATIENCE = Duration.ofHours(12);

    /** Each turn holds a thread of the worker. */
    private static final int MOST_CONCURRENT = 50;

    public MaintenanceWindow {
        requireNonNull(name, "name");
        requireNonNull(duration, "duration");
        cutoff = cutoff == null ? Duration.ZERO : cutoff;
        atEnd = atEnd == null ? AtEnd.FINISH : atEnd;
        onlyWhenChanged = onlyWhenChanged == null ? Boolean.TRUE : onlyWhenChanged;
        rebakeAfter = rebakeAfter == null ? Optional.empty() : rebakeAfter;
        maxConcurrent = maxConcurrent == null
                ? Integer.valueOf(USUAL_CONCURRENCY)
                : Math.min(MOST_CONCURRENT, Math.max(1, maxConcurrent));
        recipes = recipes == null
                ? List.of()
                : recipes.stream()
                        .map(recipe -> recipe == null ? new BakeRequest(null) : recipe)
                        .toList();
        pauseAfterFailures = pauseAfterFailures == null ? Optional.empty() : pauseAfterFailures;
        patience = patience == null ? Optional.empty() : patience;
        opening = opening == null ? Optional.empty() : opening;
    }

    /** The same window, which bakes every recipe, changed or not. */
    public MaintenanceWindow forced() {
        return new MaintenanceWindow(
                name,
                duration,
                cutoff,
                atEnd,
                onlyWhenChanged,
                rebakeAfter,
                maxConcurrent,
                recipes,
                true,
                pauseAfterFailures,
                patience,
                opening);
    }

    /** How long after its end what still bakes is waited for. */
    Duration patienceOrUsual() {
        return patience.orElse(USUAL_PATIENCE);
    }

    /** When a recipe's turn is a bake. */
    BakeWhen when() {
        if (force) {
            return BakeWhen.FORCED;
        }
        return onlyWhenChanged ? BakeWhen.CHANGED : BakeWhen.ALWAYS;
    }
}
