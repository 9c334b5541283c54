package org.amibakery.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.InstanceId;
import org.amibakery.recipe.ImageId;
import org.junit.jupiter.api.Test;

class BakeFailureMessageTest {
    private static final BakeId BAKE = new BakeId("default", "bake/web/us-east-1", "first-run");
    private static final Optional<ImageId> IMAGE = Optional.of(new ImageId("ami-1"));
    private static final StepReport FAILED_TAGGING =
            StepReport.pending(BakeStep.TAG_IMAGE).ended(StepState.FAILED, Instant.EPOCH, "");
    private static final StepReport TAGGED =
            StepReport.pending(BakeStep.TAG_IMAGE).ended(StepState.COMPLETED, Instant.EPOCH, "");
    private static final StepReport FAILED_AFTERWARDS =
            StepReport.pending(BakeStep.DELETE_OLD_IMAGES).ended(StepState.FAILED, Instant.EPOCH, "");

    @Test
    void says_that_an_unfinished_image_is_removed() {
        assertThat(message("first-run", IMAGE, FAILED_TAGGING))
                .isEqualTo("Bake web in us-east-1 stopped at step 8 of 11 (tag image): EC2 said no."
                        + " The builder i-1 is terminated; the unfinished image ami-1 is removed.");
    }

    @Test
    void does_not_say_that_the_good_image_of_the_run_before_a_reset_is_removed() {
        assertThat(message("run-after-a-reset", IMAGE, FAILED_TAGGING))
                .endsWith(" The builder i-1 is terminated; the image ami-1 stays if it was good before the bake was"
                        + " reset (tag ami-bakery:state), and is removed if not.");
    }

    @Test
    void speaks_of_the_time_after_a_reset_alone_when_that_made_no_image() {
        assertThat(message("run-after-a-reset", Optional.empty(), FAILED_TAGGING))
                .endsWith("; no image was made after the bake was reset.");
    }

    @Test
    void says_that_an_image_stays_that_is_good_already() {
        assertThat(message("first-run", IMAGE, TAGGED, FAILED_AFTERWARDS))
                .contains("stopped at step 11 of 11")
                .endsWith("; the image ami-1 is good and stays.");
    }

    private static String message(String run, Optional<ImageId> image, StepReport... steps) {
        BakeReport report = new BakeReport(
                BAKE.workflowId(),
                run,
                "web",
                "us-east-1",
                BakeState.CLEANING_UP,
                List.of(steps),
                Optional.empty(),
                Optional.of(new InstanceId("i-1")),
                image,
                "web-1",
                Instant.EPOCH,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
        return BakeFailureMessage.of(report, BAKE, ApplicationFailure.newNonRetryableFailure("EC2 said no.", "No"));
    }
}
