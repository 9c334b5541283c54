package org.amibakery.lambdas.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.lambdas.ReservedTags;

/**
 * Decides which step an image that is to go takes next: it is deprecated, stays so for a while, is disabled, stays so for a
 * while, and only then is it deleted. A step of which the request does not speak is left out.
 *
 * <p>In doubt an image waits. One that a person enabled again is wanted, and so is one whose date cannot be read.
 */
final class WithdrawalStages {
    private final CleanUpImagesRequest request;
    private final Instant now;

    WithdrawalStages(CleanUpImagesRequest request, Instant now) {
        this.request = request;
        this.now = now;
    }

    /** Tells why the image stays as it is for now, or nothing if its next step may come. */
    Optional<String> reasonToWait(OwnImage image) {
        Withdrawn withdrawn = image.withdrawn();
        return switch (withdrawn.access()) {
            case LAUNCHABLE ->
                withdrawn.disabledAt().map(WithdrawalStages::enabledAgain).or(() -> request.deprecateFor()
                        .flatMap(grace -> deprecatedAt(image).flatMap(since -> waiting("deprecated", since, grace))));
            case DISABLED -> withdrawn.disabledAt().flatMap(this::disabled);
            case NONE -> Optional.empty();
        };
    }

    /** Tells the next step of an image that need not wait; nothing means that it may be deleted. */
    Optional<WithdrawalStep> next(OwnImage image) {
        Optional<WithdrawalStep> disabling = request.disableFor().map(any -> WithdrawalStep.DISABLED);
        return switch (image.withdrawn().access()) {
            case LAUNCHABLE ->
                request.deprecateFor()
                        .filter(any -> deprecatedAt(image).isEmpty())
                        .map(any -> WithdrawalStep.DEPRECATED)
                        .or(() -> disabling);
            case DISABLED ->
                disabling.filter(any -> image.withdrawn().disabledAt().isEmpty());
            case NONE -> Optional.empty();
        };
    }

    /** Returns since when the image is deprecated; a deprecation far ahead, such as of its recipe, is none yet. */
    private Optional<Instant> deprecatedAt(OwnImage image) {
        return image.withdrawn().deprecatedAt().filter(at -> !at.isAfter(now.plus(Withdrawal.AHEAD)));
    }

    private Optional<String> disabled(String since) {
        Optional<Instant> readable = Withdrawn.read(since);
        return readable.isEmpty()
                ? Optional.of(String.format(
                        "is disabled, and since when cannot be read from its tag %s, '%s'; write an instant such as"
                                + " 2026-01-31T12:00:00Z to let it go",
                        ReservedTags.DISABLED_AT, since))
                : request.disableFor().flatMap(grace -> waiting("disabled", readable.get(), grace));
    }

    private Optional<String> waiting(String how, Instant since, Duration grace) {
        Instant until = since.plus(grace);
        return now.isBefore(until)
                ? Optional.of(String.format("is %s since %s and stays so until %s", how, since, until))
                : Optional.empty();
    }

    private static String enabledAgain(String disabledAt) {
        return String.format(
                "was disabled at %s and enabled again since, so it is wanted; take off its tag %s to let it go",
                disabledAt, ReservedTags.DISABLED_AT);
    }
}
