package org.amibakery.reaper;

import java.time.Duration;
import java.util.Optional;

/**
 * Asks the reaper to look, and perhaps to remove.
 *
 * @param mode {@link ReaperMode#PLAN} unless said: who asks for nothing gets nothing removed
 * @param stack refused when the worker serves another installation; absent means the worker's
 * @param settle how long the second look comes after the first, 2 minutes unless said: longer than a tag or an instance
 *     needs to become visible, so that nothing is judged while it is being made; 30 minutes at most
 */
public record ReaperRequest(ReaperMode mode, Optional<String> stack, Optional<Duration> settle) {
    /** How long the second look comes after the first unless somebody says otherwise. */
    public static final Duration USUAL_SETTLE = Duration.ofMinutes(2);

    /** More would leave no time to act in: a run of the schedule ends after an hour. */
    private static final Duration LONGEST_SETTLE = Duration.ofMinutes(30);

    public ReaperRequest {
        mode = mode == null ? ReaperMode.PLAN : mode;
        stack = stack == null ? Optional.empty() : stack;
        settle = settle == null
                ? Optional.empty()
                : settle.map(time -> time.compareTo(LONGEST_SETTLE) > 0 ? LONGEST_SETTLE : time);
    }

    /** Asks a stack's worker to tell, and to change nothing. */
    public static ReaperRequest plan(String stack) {
        return new ReaperRequest(ReaperMode.PLAN, Optional.of(stack), Optional.empty());
    }

    /** Asks a stack's worker to remove what it finds twice. */
    public static ReaperRequest removal(String stack) {
        return new ReaperRequest(ReaperMode.REMOVE, Optional.of(stack), Optional.empty());
    }

    /** The same with another time between the two looks. */
    public ReaperRequest settling(Duration time) {
        return new ReaperRequest(mode, stack, Optional.of(time));
    }
}
