package org.amibakery.window;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;

/** Judges a window's hours and recipes as a client sent them; {@code schedule apply} has stricter rules, and more words. */
final class RequestedWindow {
    /** As a window's file has it. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Duration LONGEST_PATIENCE = Duration.ofDays(7);

    private RequestedWindow() {}

    /** Why it says no window; absent if it says one. */
    static Optional<ApplicationFailure> flaw(MaintenanceWindow asked) {
        if (asked == null) {
            return invalid(
                    "The run was started without a window. Nothing was baked. Send its name, duration and recipes.");
        }
        if (asked.name().isBlank()) {
            return invalid("/name: this is empty. Nothing was baked. Write the window's name.");
        }
        if (!isBetween(Duration.ofSeconds(1), asked.duration(), LONGEST)) {
            return invalid("/duration: a window is 1s to 7d long. Nothing was baked.");
        }
        if (!isBetween(Duration.ZERO, asked.cutoff(), asked.duration())) {
            return invalid("/cutoff: it is longer than the window, or negative. Nothing was baked.");
        }
        if (!isBetween(Duration.ZERO, asked.patienceOrUsual(), LONGEST_PATIENCE)) {
            return invalid("/patience: it is 0s to 7d. Nothing was baked.");
        }
        if (asked.recipes().isEmpty()) {
            return invalid(
                    "/recipes: there is none. Nothing was baked. Send the recipes, each as bakery render writes it.");
        }
        return Optional.empty();
    }

    private static boolean isBetween(Duration least, Duration actual, Duration most) {
        return actual.compareTo(least) >= 0 && actual.compareTo(most) <= 0;
    }

    private static Optional<ApplicationFailure> invalid(String message) {
        ApplicationFailure failure =
                ApplicationFailure.newNonRetryableFailure(message, MaintenanceWindowWorkflow.INVALID_WINDOW);
        failure.setStackTrace(new StackTraceElement[0]); // the message says it all
        return Optional.of(failure);
    }
}
