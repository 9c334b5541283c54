package org.amibakery.aws;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;

/**
 * Says what one AWS error code leads to. Immutable; the methods return a changed copy, so that a table reads as
 * sentences.
 *
 * @param messagePart narrows the rule to answers whose message contains it
 * @param blame who can act on it
 * @param pause how long to wait before a retry; absent means growing pauses of 1 to 30 seconds
 * @param bound until when to retry, counted as {@link Attempt} says; absent means until the step's own limit
 * @param afterwards what it leads to past the bound
 * @param remedy the sentence that tells people what to do; {@code {action}} becomes the IAM action
 */
public record ErrorRule(
        String code,
        Optional<String> messagePart,
        Reaction reaction,
        Blame blame,
        Optional<Duration> pause,
        Optional<Duration> bound,
        Reaction afterwards,
        String remedy) {

    public ErrorRule {
        requireNonNull(code, "code");
        requireNonNull(messagePart, "messagePart");
        requireNonNull(reaction, "reaction");
        requireNonNull(blame, "blame");
        requireNonNull(pause, "pause");
        requireNonNull(bound, "bound");
        requireNonNull(afterwards, "afterwards");
        requireNonNull(remedy, "remedy");
    }

    /** Starts a rule; AWS is to blame unless {@link #blaming} says otherwise. */
    public static ErrorRule on(String code, Reaction reaction) {
        return new ErrorRule(
                code,
                Optional.empty(),
                reaction,
                Blame.AWS,
                Optional.empty(),
                Optional.empty(),
                Reaction.GIVE_UP,
                "It is retried; nothing needs to be done unless it lasts.");
    }

    /** Narrows the rule to messages that contain this text: EC2 uses one code for many errors. */
    public ErrorRule saying(String part) {
        return new ErrorRule(code, Optional.of(part), reaction, blame, pause, bound, afterwards, remedy);
    }

    /** Names who can act. */
    public ErrorRule blaming(Blame who) {
        return new ErrorRule(code, messagePart, reaction, who, pause, bound, afterwards, remedy);
    }

    /** Sets the pause before each retry; up to half of it is taken off at random. */
    public ErrorRule pausing(Duration between) {
        return new ErrorRule(code, messagePart, reaction, blame, Optional.of(between), bound, afterwards, remedy);
    }

    /** Bounds the retries by a time, which begins as {@link Attempt} says; then the step fails. */
    public ErrorRule within(Duration limit) {
        return new ErrorRule(code, messagePart, reaction, blame, pause, Optional.of(limit), afterwards, remedy);
    }

    /** Sets what the error leads to past the bound, if not to giving up. */
    public ErrorRule then(Reaction reactionPastBound) {
        return new ErrorRule(code, messagePart, reaction, blame, pause, bound, reactionPastBound, remedy);
    }

    /** Tells people what to do, in whole sentences. */
    public ErrorRule advising(String sentence) {
        return new ErrorRule(code, messagePart, reaction, blame, pause, bound, afterwards, sentence);
    }

    boolean fits(AwsAnswer answer) {
        return code.equals(answer.code())
                && messagePart.map(answer.message()::contains).orElse(true);
    }

    Reaction reactionAt(Attempt attempt) {
        return bound.filter(attempt::isPast).isPresent() ? afterwards : reaction;
    }
}
