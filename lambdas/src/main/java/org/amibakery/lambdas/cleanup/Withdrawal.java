package org.amibakery.lambdas.cleanup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.amibakery.lambdas.ReservedTags;
import org.amibakery.lambdas.cleanup.Withdrawn.Access;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Takes an image one step out of use and tells the tally what became of it.
 *
 * <p>An image is disabled first and tagged with the instant second: a run that ends between the two leaves a disabled
 * image without a date, which the next run dates, so that its grace gets longer and never shorter. May run more than once.
 */
final class Withdrawal {
    /**
     * How far ahead a deprecation is set: EC2 takes no past one and rounds to the minute (EnableImageDeprecation,
     * DeprecateAt), so of two minutes one at least is left for the call.
     */
    static final Duration AHEAD = Duration.ofMinutes(2);

    private final Ec2Client ec2;
    private final CleanUpImagesRequest request;
    private final Clock clock;
    private final Tally tally;

    Withdrawal(Ec2Client ec2, CleanUpImagesRequest request, Clock clock, Tally tally) {
        this.ec2 = ec2;
        this.request = request;
        this.clock = clock;
        this.tally = tally;
    }

    /** Takes the step, or in a plan tells that it would be taken. */
    void take(OwnImage image, WithdrawalStep step, String reason) {
        switch (step) {
            case DEPRECATED -> {
                Instant at = clock.instant().plus(AHEAD).truncatedTo(ChronoUnit.MINUTES);
                Instant until = at.plus(request.deprecateFor().orElseThrow());
                settle(withdrawn(image, step, until, reason), isPlanned() ? Outcome.TAKEN : deprecate(image, at));
            }
            case DISABLED -> {
                Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                Instant until = at.plus(request.disableFor().orElseThrow());
                settle(withdrawn(image, step, until, reason), isPlanned() ? Outcome.TAKEN : disable(image, at));
            }
        }
    }

    /** What a call came to. */
    private enum Outcome {
        TAKEN,
        /** It may have been taken, or was in part. */
        UNSETTLED,
        REFUSED
    }

    private void settle(WithdrawnImage image, Outcome outcome) {
        if (outcome != Outcome.REFUSED) {
            tally.spendChange();
        }
        if (outcome == Outcome.TAKEN) {
            tally.withdrawn(image);
        }
    }

    private Outcome deprecate(OwnImage image, Instant at) {
        return outcome(
                image,
                "EnableImageDeprecation",
                () -> ec2.enableImageDeprecation(EnableImageDeprecationRequest.builder()
                        .imageId(image.imageId())
                        .deprecateAt(at)
                        .build()));
    }

    private Outcome disable(OwnImage image, Instant at) {
        if (image.withdrawn().access() == Access.DISABLED) {
            return date(image, at);
        }
        Outcome disabled = outcome(
                image,
                "DisableImage",
                () -> ec2.disableImage(
                        DisableImageRequest.builder().imageId(image.imageId()).build()));
        if (disabled != Outcome.TAKEN) {
            return disabled;
        }
        return date(image, at) == Outcome.TAKEN ? Outcome.TAKEN : Outcome.UNSETTLED;
    }

    private Outcome date(OwnImage image, Instant at) {
        return outcome(
                image,
                "CreateTags",
                () -> ec2.createTags(CreateTagsRequest.builder()
                        .resources(image.imageId())
                        .tags(Tag.builder()
                                .key(ReservedTags.DISABLED_AT)
                                .value(at.toString())
                                .build())
                        .build()));
    }

    private Outcome outcome(OwnImage image, String operation, Runnable call) {
        try {
            call.run();
            return Outcome.TAKEN;
        } catch (SdkException error) {
            RefusedCall refused = new RefusedCall(operation, image.imageId(), error);
            return switch (refused.refusal()) {
                case GONE -> {
                    tally.kept(image, FamilyCleanUp.CHANGED);
                    yield Outcome.REFUSED;
                }
                case UNANSWERED -> {
                    tally.failed(image.imageId(), refused);
                    yield Outcome.UNSETTLED;
                }
                case PROTECTED, IN_USE, FORBIDDEN, BUSY, OTHER -> {
                    tally.failed(image.imageId(), refused);
                    yield Outcome.REFUSED;
                }
            };
        }
    }

    private boolean isPlanned() {
        return request.mode() == CleanUpMode.PLAN;
    }

    private static WithdrawnImage withdrawn(OwnImage image, WithdrawalStep step, Instant until, String reason) {
        return new WithdrawnImage(image.imageId(), image.name(), image.createdAt(), step, until, reason);
    }
}
