package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.cleanup.CleanUpBench.capped;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.Faults;
import org.amibakery.lambdas.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class ImageDeletionTest {
    private final FakeFleet fleet = new FakeFleet(5);

    @BeforeEach
    void two_old_images_and_a_new_one() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-a", 99).build());
        fleet.hasBaked(ownImage("ami-b", 98).build());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "InvalidAMIID.NotFound, GONE",
        "InvalidAMIID.Unavailable, GONE",
        "InvalidSnapshot.NotFound, GONE",
        "InvalidSnapshot.InUse, IN_USE",
        "OperationNotPermitted, PROTECTED",
        "UnauthorizedOperation, FORBIDDEN",
        "AccessDenied, FORBIDDEN",
        "AuthFailure, FORBIDDEN",
        "ExpiredToken, FORBIDDEN",
        "RequestLimitExceeded, BUSY",
        "ThrottlingException, BUSY",
        "InternalError, BUSY",
        "Unavailable, BUSY",
        "NeverHeardOfIt, OTHER",
    })
    void understands_each_error(String code, Refusal expected) {
        assertThat(Refusal.of(Faults.error(code, "because"))).isEqualTo(expected);
    }

    @Test
    void understands_silence() {
        assertThat(Refusal.of(SdkClientException.create("timed out"))).isEqualTo(Refusal.UNANSWERED);
    }

    @Test
    void understands_protection_by_its_words_since_ec2_documents_no_code() {
        assertThat(Refusal.of(Faults.error("Client.Odd", "The AMI has deregistration protection enabled")))
                .isEqualTo(Refusal.PROTECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "UnauthorizedOperation, Allow ec2:DeregisterImage to the function's role; the next run tries again.",
        "RequestLimitExceeded, The next run tries again.",
        "Odd, The next run tries again; look at it in the console if this lasts.",
    })
    void one_refused_image_does_not_stop_the_next(String code, String advice) {
        fleet.faults().answers("DeregisterImage ami-a", code, "because");

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.failed())
                .containsExactly(new FailedImage(
                        "ami-a", code, "EC2 answered " + code + " to DeregisterImage of ami-a: because. " + advice));
        assertThat(report.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-b");
    }

    @Test
    void a_refused_image_does_not_use_up_the_cap() {
        fleet.faults().answers("DeregisterImage ami-a", "InternalError", "because");

        assertThat(cleanUp(fleet, capped(1)).deleted())
                .extracting(DeletedImage::imageId)
                .containsExactly("ami-b");
    }

    @Test
    void a_deregistration_without_an_answer_uses_up_the_cap_since_it_may_have_happened() {
        fleet.faults().losesReplyOf("DeregisterImage");

        CleanUpImagesReport report = cleanUp(fleet, capped(1));

        assertThat(fleet.imageIds()).containsExactlyInAnyOrder("ami-new", "ami-b");
        assertThat(report.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.code()).isEqualTo("NoAnswer");
            assertThat(failed.message()).endsWith("Whether it happened is unknown; the next run sees and tries again.");
        });
    }

    @Test
    void the_next_run_settles_a_lost_answer() {
        fleet.reportsForSnapshots(Optional.of("internal-error"));
        fleet.faults().losesReplyOf("DeregisterImage");
        cleanUp(fleet);
        fleet.faults().heals();

        CleanUpImagesReport second = cleanUp(fleet);

        assertThat(second.leftovers())
                .extracting(LeftoverSnapshot::snapshotId)
                .containsExactlyInAnyOrder("snap-a", "snap-b");
        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"})
    void an_image_gone_already_counts_as_deleted_and_its_snapshots_go_too(String code) {
        fleet.faults().onceBefore("DeregisterImage", () -> {
            fleet.loses("ami-a");
            fleet.faults().answers("DeregisterImage ami-a", code, "gone");
        });

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-a", "ami-b");
        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
        assertThat(report.failed()).isEmpty();
    }

    @Test
    void an_image_that_another_run_deletes_meanwhile_is_reported_as_gone() {
        fleet.faults().onceBefore("DescribeInstances", () -> fleet.loses("ami-a"));

        assertThat(cleanUp(fleet).deleted())
                .extracting(DeletedImage::reason)
                .containsExactly("was gone before this run came to it", "older than 30 days and unused");
    }

    @Test
    void protection_that_only_the_deregistration_shows_keeps_the_image() {
        fleet.faults().answers("DeregisterImage ami-a", "OperationNotPermitted", "Deregistration protection is on");

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.kept())
                .filteredOn(image -> image.imageId().equals("ami-a"))
                .extracting(KeptImage::reason)
                .containsExactly("is protected against deregistration: EC2 answered Deregistration protection is on");
        assertThat(report.failed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal-error", "client-error", "missing-permissions", "unheard-of"})
    void a_snapshot_that_did_not_go_along_is_deleted_by_itself(String returnCode) {
        fleet.reportsForSnapshots(Optional.of(returnCode));

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).flatExtracting(DeletedImage::snapshots).containsExactly("snap-a", "snap-b");
        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
    }

    @Test
    void snapshots_go_along_with_the_image_in_one_call() {
        cleanUp(fleet);

        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
        assertThat(fleet.faults().calls()).contains("DeregisterImage").doesNotContain("DeleteSnapshot");
    }

    @Test
    void snapshots_are_deleted_where_ec2_reports_no_results() {
        fleet.reportsForSnapshots(Optional.empty());

        cleanUp(fleet);

        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
    }

    @Test
    void a_snapshot_still_in_use_is_reported_and_goes_with_the_next_run() {
        fleet.reportsForSnapshots(Optional.of("client-error"));
        fleet.keepsSnapshotInUse("snap-a");

        CleanUpImagesReport first = cleanUp(fleet);
        CleanUpImagesReport second = cleanUp(fleet);

        assertThat(first.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-a", "ami-b");
        assertThat(first.deleted().get(0).snapshots()).isEmpty();
        assertThat(first.failed())
                .containsExactly(new FailedImage(
                        "ami-a",
                        "InvalidSnapshot.InUse",
                        "EC2 answered InvalidSnapshot.InUse to DeleteSnapshot of snap-a: The snapshot snap-a is"
                                + " currently in use by ami-0. Something still uses it; the next run tries again."));
        assertThat(second.failed()).isEqualTo(first.failed());
    }

    @Test
    void a_second_run_for_the_same_invoke_finds_nothing_to_do() {
        cleanUp(fleet);

        CleanUpImagesReport second = cleanUp(fleet);

        assertThat(second.deleted()).isEmpty();
        assertThat(second.leftovers()).isEmpty();
        assertThat(second.failed()).isEmpty();
    }

    @Test
    void a_hundred_refusals_end_the_deletions_of_a_run() {
        for (int number = 0; number < 120; number++) {
            fleet.hasBaked(ownImage("ami-x" + number, 50).build());
        }
        fleet.faults().answers("DeregisterImage", "UnauthorizedOperation", "no");

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.failed()).hasSize(100);
        assertThat(report.kept())
                .extracting(KeptImage::reason)
                .contains("must wait: AWS refused 100 times in this run");
    }
}
