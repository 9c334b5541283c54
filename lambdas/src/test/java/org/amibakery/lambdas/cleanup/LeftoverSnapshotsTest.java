package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.disk;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.AnImage.tags;
import static org.amibakery.lambdas.cleanup.CleanUpBench.DELETE;
import static org.amibakery.lambdas.cleanup.CleanUpBench.capped;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.amibakery.lambdas.cleanup.CleanUpBench.copiesOf;
import static org.amibakery.lambdas.cleanup.CleanUpBench.planned;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.lambdas.FakeFleet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

class LeftoverSnapshotsTest {
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));

    private final FakeFleet fleet = new FakeFleet(13);

    @BeforeEach
    void a_good_image() {
        fleet.hasBaked(ownImage("ami-new", 45).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Created by CreateImage(i-0123) for ami-gone",
                "Created by CreateImage(i-0123) for ami-gone from vol-0123",
                "Copied for DestinationAmi ami-gone from SourceAmi ami-new for SourceSnapshot snap-1. Task created on 1."
            })
    void a_snapshot_whose_image_is_gone_is_removed(String description) {
        fleet.has(leftover("snap-1").description(description).build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.leftovers()).containsExactly(new LeftoverSnapshot("snap-1", "ami-gone", LONG_AGO));
        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
    }

    @Test
    void the_tag_tells_the_image_before_the_description_does() {
        Tag image = Tag.builder().key("ami-bakery:image").value("ami-new").build();
        fleet.has(leftover("snap-1")
                .tags(Stream.concat(tags("bakery", "web", "good").stream(), Stream.of(image))
                        .toList())
                .build());

        assertThat(cleanUp(fleet).leftovers()).isEmpty();
    }

    @Test
    void a_plan_tells_of_leftovers_and_removes_none() {
        fleet.has(leftover("snap-1").build());

        assertThat(cleanUp(fleet, planned(DELETE)).leftovers()).hasSize(1);
        assertThat(fleet.snapshotIds()).contains("snap-1");
    }

    @Test
    void a_snapshot_that_names_no_image_is_left_alone() {
        fleet.has(leftover("snap-1").description("nightly backup").build());

        assertThat(cleanUp(fleet).leftovers()).isEmpty();
    }

    @Test
    void a_young_snapshot_is_left_alone_since_its_image_may_not_be_visible_yet() {
        fleet.has(leftover("snap-1").startTime(NOW.minus(Duration.ofDays(29))).build());

        assertThat(cleanUp(fleet).leftovers()).isEmpty();
    }

    @Test
    void snapshots_of_others_are_left_alone() {
        fleet.has(leftover("snap-1").ownerId("666666666666").build());
        fleet.has(leftover("snap-2").tags(tags("other", "web", "good")).build());
        fleet.has(leftover("snap-3").tags(tags("bakery", "db", "good")).build());
        fleet.has(leftover("snap-4").tags(List.of()).build());

        cleanUp(fleet);

        assertThat(fleet.snapshotIds()).hasSize(5);
    }

    @Test
    void a_snapshot_of_a_copy_is_left_to_the_clean_up_of_copies() {
        Tag bake =
                Tag.builder().key("ami-bakery:bake").value("bake/web/us-east-1").build();
        fleet.has(leftover("snap-copy")
                .tags(Stream.concat(tags("bakery", "web", "good").stream(), Stream.of(bake))
                        .toList())
                .build());

        assertThat(cleanUp(fleet).leftovers()).isEmpty();
        assertThat(cleanUp(fleet, copiesOf("us-east-1")).leftovers()).hasSize(1);
    }

    @Test
    void a_snapshot_stays_whose_image_exists_under_other_tags() {
        fleet.has(ownImage("ami-gone", 60).tags(List.of()).build());
        fleet.has(leftover("snap-1").build());

        assertThat(cleanUp(fleet).leftovers()).isEmpty();
    }

    @Test
    void a_snapshot_stays_of_which_another_image_was_made() {
        fleet.has(ownImage("ami-registered", 1)
                .tags(List.of())
                .blockDeviceMappings(disk("snap-1"))
                .build());
        fleet.has(leftover("snap-1").build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.leftovers()).isEmpty();
        assertThat(fleet.faults().calls()).doesNotContain("DeleteSnapshot");
    }

    @Test
    void leftovers_count_towards_the_cap() {
        for (int number = 0; number < 5; number++) {
            fleet.has(leftover("snap-" + number).build());
        }
        fleet.hasBaked(ownImage("ami-old", 99).build());

        CleanUpImagesReport report = cleanUp(fleet, capped(3));

        assertThat(report.deleted()).hasSize(1);
        assertThat(report.leftovers()).hasSize(2);
    }

    @Test
    void a_leftover_whose_removal_got_no_answer_counts_towards_the_cap_since_it_may_be_gone() {
        fleet.has(leftover("snap-1").build());
        fleet.has(leftover("snap-2").build());
        fleet.faults().losesReplyOf("DeleteSnapshot");

        CleanUpImagesReport report = cleanUp(fleet, capped(1));

        assertThat(report.failed()).extracting(FailedImage::code).containsExactly("NoAnswer");
        assertThat(fleet.snapshotIds()).containsExactlyInAnyOrder("snap-new", "snap-2");
    }

    @Test
    void a_leftover_that_cannot_be_removed_is_reported_and_does_not_stop_the_next() {
        fleet.has(leftover("snap-1").build());
        fleet.has(leftover("snap-2").build());
        fleet.faults().answers("DeleteSnapshot snap-1", "UnauthorizedOperation", "no");

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.leftovers()).extracting(LeftoverSnapshot::snapshotId).containsExactly("snap-2");
        assertThat(report.failed())
                .containsExactly(new FailedImage(
                        "ami-gone",
                        "UnauthorizedOperation",
                        "EC2 answered UnauthorizedOperation to DeleteSnapshot of snap-1: no. Allow ec2:DeleteSnapshot to"
                                + " the function's role; the next run tries again."));
    }

    @Test
    void leftovers_that_cannot_be_looked_for_do_not_spoil_the_report() {
        fleet.hasBaked(ownImage("ami-old", 99).build());
        fleet.faults().answers("DescribeSnapshots", "RequestLimitExceeded", "slow down");

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).hasSize(1);
        assertThat(report.failed())
                .extracting(FailedImage::message)
                .containsExactly(
                        "Left-over snapshots could not be looked for: slow down. None was touched; the next run"
                                + " looks again.");
    }

    @Test
    void hundreds_are_proved_in_calls_that_ec2_takes() {
        for (int number = 0; number < 450; number++) {
            fleet.has(leftover("snap-" + number)
                    .description("Created by CreateImage(i-1) for ami-gone" + number)
                    .build());
        }

        assertThat(cleanUp(fleet, capped(1_000)).leftovers()).hasSize(450);
    }

    private static Snapshot.Builder leftover(String id) {
        return Snapshot.builder()
                .snapshotId(id)
                .ownerId(FakeFleet.OURSELVES)
                .startTime(LONG_AGO)
                .description("Created by CreateImage(i-0123) for ami-gone")
                .tags(tags("bakery", "web", "good"));
    }
}
