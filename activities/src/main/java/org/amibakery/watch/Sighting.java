package org.amibakery.watch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Says what one look means for one wait: not yet, arrived, or gone for good. */
public final class Sighting<R> {
    private final Optional<String> state;
    private final Optional<R> result;
    private final Optional<ApplicationFailure> failure;

    private Sighting(Optional<String> state, Optional<R> result, Optional<ApplicationFailure> failure) {
        this.state = state;
        this.result = result;
        this.failure = failure;
    }

    /** Keeps waiting; the text says what was seen, such as {@code Image ami-1 is pending}. */
    @FormatMethod
    public static <R> Sighting<R> notYet(@FormatString String state, Object... arguments) {
        return new Sighting<>(Optional.of(state.formatted(arguments)), Optional.empty(), Optional.empty());
    }

    /** Ends the wait with a result. */
    public static <R> Sighting<R> arrived(R result) {
        return new Sighting<>(Optional.empty(), Optional.of(requireNonNull(result, "result")), Optional.empty());
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

    /** Calls the one that applies. */
    void tell(Consumer<String> notYet, Consumer<Optional<R>> arrived, Consumer<ApplicationFailure> gone) {
        Runnable told = fold(
                text -> () -> notYet.accept(text),
                outcome -> () -> arrived.accept(outcome),
                reason -> () -> gone.accept(reason));
        told.run();
    }
}
