package org.amibakery.watch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says what one look means for one wait: not yet, arrived, or gone for good. Made by its three factories.
 *
 * @param state what was seen, while the wait goes on
 * @param result what the wait ends with; absent also for an activity that returns nothing
 * @param failure why it will never come
 */
public record Sighting<R>(Optional<String> state, Optional<R> result, Optional<ApplicationFailure> failure) {
    public Sighting {
        requireNonNull(state, "state");
        requireNonNull(result, "result");
        requireNonNull(failure, "failure");
    }

    /** Keeps waiting; the text says what was seen, such as {@code Image ami-1 is pending}. */
    @FormatMethod
    public static <R> Sighting<R> notYet(@FormatString String state, Object... arguments) {
        return new Sighting<>(Optional.of(state.formatted(arguments)), Optional.empty(), Optional.empty());
    }

    /** Ends the wait with a result. */
    public static <R> Sighting<R> arrived(R result) {
        return new Sighting<>(Optional.empty(), Optional.of(result), Optional.empty());
    }

    /** Ends the wait of an activity that returns nothing. */
    public static Sighting<Void> arrived() {
        return new Sighting<>(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Fails the wait: what is waited for will never come. */
    public static <R> Sighting<R> gone(ApplicationFailure failure) {
        return new Sighting<>(Optional.empty(), Optional.empty(), Optional.of(failure));
    }

    /** Answers with the one that applies. */
    public <T> T fold(
            Function<String, T> notYet, Function<Optional<R>, T> arrived, Function<ApplicationFailure, T> gone) {
        if (state.isPresent()) {
            return notYet.apply(state.get());
        }
        return failure.isPresent() ? gone.apply(failure.get()) : arrived.apply(result);
    }
}
