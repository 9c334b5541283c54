package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.disk;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.AnImage.tags;
import static org.amibakery.lambdas.cleanup.CleanUpBench.DELETE;
import static org.amibakery.lambdas.cleanup.CleanUpBench.capped;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.amibakery.lambdas.cleanup.CleanUpBench.copiesOf;
import static org.amibakery.lambdas.cleanup.CleanUpBench.keeping;
import static org.amibakery.lambdas.cleanup.CleanUpBench.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.lambdas.AccessRefused;
import org.amibakery.lambdas.AwsCallFailed;
import org.amibakery.lambdas.FakeFleet;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;

class CleanUpImagesTest {
    private final FakeFleet fleet = new FakeFleet(3);

    @Test
    void deletes_an_old_unused_image_with_its_snapshots() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-old", 31)
                .blockDeviceMappings(disk("snap-root"), disk("snap-data"))
                .build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted())
                .containsExactly(new DeletedImage(
                        "ami-old",
                        "web-ami-old",
                        NOW.minus(Duration.ofDays(31)),
                        List.of("snap-root", "snap-data"),
                        "older than 30 days and unused"));
        assertThat(fleet.imageIds()).containsExactly("ami-new");
        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
    }

    @Test
    void tells_in_plan_mode_the_same_and_changes_nothing() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-old", 31).build());

        CleanUpImagesReport plan = cleanUp(fleet, planned(DELETE));

        assertThat(fleet.imageIds()).containsExactlyInAnyOrder("ami-new", "ami-old");
        assertThat(fleet.faults().calls()).doesNotContain("DeregisterImage", "DeleteSnapshot");
        assertThat(plan.mode()).isEqualTo(CleanUpMode.PLAN);
        assertThat(plan.deleted()).isEqualTo(cleanUp(fleet).deleted());
    }

    @Test
    void keeps_the_newest_good_image_whatever_its_age() {
        fleet.hasBaked(ownImage("ami-1", 900).build());
        fleet.hasBaked(ownImage("ami-2", 800).build());

        assertThat(kept(cleanUp(fleet))).containsExactly(tuple("ami-2", "is the newest good image"));
    }

    @Test
    void keeps_as_many_good_images_as_asked() {
        for (int number = 1; number <= 5; number++) {
            fleet.hasBaked(ownImage("ami-" + number, 100 - number).build());
        }

        assertThat(kept(cleanUp(fleet, keeping(3))))
                .containsExactly(
                        tuple("ami-3", "has fewer than 3 good newer images"),
                        tuple("ami-4", "has fewer than 3 good newer images"),
                        tuple("ami-5", "is the newest good image"));
    }

    @Test
    void counts_good_images_alone_towards_those_to_keep() {
        fleet.hasBaked(ownImage("ami-good", 90).build());
        fleet.hasBaked(ownImage("ami-disabled", 40).state("disabled").build());
        fleet.hasBaked(ownImage("ami-broken", 40).state("failed").build());
        fleet.hasBaked(
                ownImage("ami-young", 1).tags(tags("bakery", "web", "failed")).build());

        assertThat(cleanUp(fleet, keeping(2)).deleted()).isEmpty();
    }

    @Test
    void keeps_an_image_exactly_as_old_as_the_limit() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-limit", 30)
                .creationDate(NOW.minus(Duration.ofDays(30)).plusMillis(1).toString())
                .build());

        assertThat(kept(cleanUp(fleet))).contains(tuple("ami-limit", "is not older than 30 days"));
    }

    @Test
    void tells_of_a_broken_limit_in_iso_when_it_is_no_whole_number_of_days() {
        fleet.hasBaked(ownImage("ami-new", 0).build());
        CleanUpImagesRequest hours = new CleanUpImagesRequest(
                "bakery", "web", "eu-west-1", Duration.ofHours(36), 1, 1, CleanUpMode.DELETE, DELETE.continuation());

        assertThat(kept(cleanUp(fleet, hours))).containsExactly(tuple("ami-new", "is not older than PT36H"));
    }

    @Test
    void deletes_old_failed_images_even_if_no_good_one_exists() {
        fleet.hasBaked(
                ownImage("ami-failed", 31).tags(tags("bakery", "web", "failed")).build());

        assertThat(cleanUp(fleet).deleted())
                .extracting(DeletedImage::imageId, DeletedImage::reason)
                .containsExactly(tuple("ami-failed", "failed image, older than 30 days and unused"));
    }

    @ParameterizedTest(name = "tag {0}, EC2 state {1}: {2}")
    @CsvSource({
        "baking, available, 'is still being baked, or left to the reaper'",
        "baking, failed, 'is still being baked, or left to the reaper'",
        "good, pending, is still being made by EC2",
        "failed, transient, is still being made by EC2",
        "retired, available, 'is neither tagged good nor failed, so it is left alone'",
        "'', available, 'is neither tagged good nor failed, so it is left alone'",
        "good, sleeping, 'is neither tagged good nor failed, so it is left alone'",
    })
    void leaves_alone_what_is_not_finished_or_not_understood(String tag, String state, String reason) {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-odd", 99)
                .state(state)
                .tags(tags("bakery", "web", tag))
                .build());

        assertThat(kept(cleanUp(fleet))).contains(tuple("ami-odd", reason));
        assertThat(fleet.imageIds()).contains("ami-odd");
    }

    @Test
    void passes_over_images_of_others() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.has(ownImage("ami-foreign", 99).ownerId("666666666666").build());
        fleet.has(ownImage("ami-stack", 99).tags(tags("other", "web", "good")).build());
        fleet.has(ownImage("ami-family", 99).tags(tags("bakery", "db", "good")).build());
        fleet.has(ownImage("ami-untagged", 99).tags(List.of()).build());
        fleet.has(ownImage("ami-half", 99).tags(tags("", "web", "good")).build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).isEmpty();
        assertThat(kept(report)).containsExactly(tuple("ami-new", "is not older than 30 days"));
    }

    @Test
    void copies_of_images_baked_elsewhere_do_not_let_those_baked_here_go() {
        fleet.hasBaked(baked("ami-here", 99, "bake/web/eu-west-1").build());
        fleet.hasBaked(baked("ami-copy-1", 2, "bake/web/us-east-1").build());
        fleet.hasBaked(baked("ami-copy-2", 1, "bake/web/us-east-1").build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).isEmpty();
        assertThat(kept(report)).containsExactly(tuple("ami-here", "is the newest good image"));
    }

    @Test
    void cleans_up_copies_by_themselves_and_leaves_what_was_baked_in_the_region() {
        fleet.hasBaked(baked("ami-here", 99, "bake/web/eu-west-1").build());
        fleet.hasBaked(ownImage("ami-untold", 99).build());
        fleet.hasBaked(baked("ami-odd", 99, "by-hand").build());
        fleet.hasBaked(baked("ami-elsewhere", 99, "bake/web/ap-south-1").build());
        fleet.hasBaked(baked("ami-copy-1", 98, "bake/web/us-east-1").build());
        fleet.hasBaked(baked("ami-copy-2", 97, "bake/web/us-east-1").build());

        CleanUpImagesReport report = cleanUp(fleet, copiesOf("us-east-1"));

        assertThat(report.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-copy-1");
        assertThat(kept(report)).containsExactly(tuple("ami-copy-2", "is the newest good image"));
    }

    @Test
    void counts_an_image_that_names_no_bake_to_the_family_of_its_own_region() {
        fleet.hasBaked(ownImage("ami-untold", 99).build());
        fleet.hasBaked(baked("ami-odd", 98, "by-hand").build());
        fleet.hasBaked(baked("ami-here", 97, "bake/web/eu-west-1").build());

        assertThat(cleanUp(fleet, copiesOf("eu-west-1")).deleted())
                .extracting(DeletedImage::imageId)
                .containsExactly("ami-untold", "ami-odd");
    }

    @Test
    void does_not_take_a_wildcard_for_a_name() {
        fleet.hasBaked(ownImage("ami-1", 99).build());
        fleet.hasBaked(ownImage("ami-2", 98).build());
        CleanUpImagesRequest wild = new CleanUpImagesRequest(
                "*", "w?b", "eu-west-1", Duration.ZERO, 1, 9, CleanUpMode.DELETE, DELETE.continuation());

        assertThat(cleanUp(fleet, wild).deleted()).isEmpty();
        assertThat(fleet.imageIds()).hasSize(2);
    }

    @Test
    void refuses_to_go_on_when_ec2_mixes_in_other_owners() {
        fleet.ignoresOwners();
        fleet.hasBaked(ownImage("ami-1", 99).build());
        fleet.has(ownImage("ami-foreign", 98).ownerId("666666666666").build());

        assertThatThrownBy(() -> cleanUp(fleet))
                .isInstanceOf(AwsCallFailed.class)
                .hasMessageStartingWith("DescribeImages in eu-west-1 answered images of several owners");
    }

    @Test
    void always_asks_for_own_images() {
        fleet.hasBaked(ownImage("ami-1", 99).build());
        fleet.hasBaked(ownImage("ami-2", 98).build());

        cleanUp(fleet);

        assertThat(fleet.imageLookUps()).hasSizeGreaterThan(3).allSatisfy(request -> assertThat(request.owners())
                .containsExactly("self"));
    }

    @Test
    void keeps_and_names_a_protected_image() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-old", 99)
                .deregistrationProtection("enabled-with-cooldown")
                .build());

        assertThat(kept(cleanUp(fleet)))
                .contains(tuple("ami-old", "is protected against deregistration; lift the protection to let it go"));
    }

    @Test
    void deletes_no_more_than_the_cap_the_oldest_first() {
        for (int number = 1; number <= 5; number++) {
            fleet.hasBaked(ownImage("ami-" + number, 100 - number).build());
        }

        CleanUpImagesReport report = cleanUp(fleet, capped(2));

        assertThat(report.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-1", "ami-2");
        assertThat(kept(report))
                .containsExactly(
                        tuple("ami-3", "must wait: this run's cap of 2 is reached"),
                        tuple("ami-4", "must wait: this run's cap of 2 is reached"),
                        tuple("ami-5", "is the newest good image"));
        assertThat(report.continuation()).isEmpty();
    }

    @Test
    void reports_an_image_of_unreadable_age_and_keeps_it() {
        fleet.hasBaked(ownImage("ami-1", 1).build());
        fleet.has(ownImage("ami-odd", 99).creationDate("long ago").build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.failed())
                .containsExactly(new FailedImage(
                        "ami-odd",
                        "UnreadableCreationDate",
                        "The creation date 'long ago' cannot be read, so the age is unknown. The image is kept. Look at"
                                + " it in the console."));
    }

    @Test
    void leaves_a_snapshot_that_another_image_shares() {
        fleet.hasBaked(
                ownImage("ami-new", 1).blockDeviceMappings(disk("snap-both")).build());
        fleet.hasBaked(ownImage("ami-old", 99)
                .blockDeviceMappings(disk("snap-both"), disk("snap-old"))
                .build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted().get(0).snapshots()).containsExactly("snap-old");
        assertThat(report.failed()).isEmpty();
        assertThat(fleet.snapshotIds()).containsExactly("snap-both");
    }

    @Test
    void passes_over_images_that_are_deregistered_and_linger() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.has(ownImage("ami-ghost", 99).state("deregistered").build());

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).isEmpty();
        assertThat(report.kept()).hasSize(1);
    }

    @Test
    void lists_a_thousand_kept_images_and_counts_the_others() {
        for (int number = 0; number < 1_003; number++) {
            fleet.has(ownImage("ami-" + number, 1).build());
        }

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.kept()).hasSize(1_000);
        assertThat(report.keptUnlisted()).isEqualTo(3);
    }

    @Test
    void ends_with_a_clear_error_when_images_cannot_be_listed() {
        fleet.faults().answers("DescribeImages", "UnauthorizedOperation", "no");

        assertThatThrownBy(() -> cleanUp(fleet))
                .isInstanceOf(AccessRefused.class)
                .hasMessageContaining("Allow ec2:DescribeImages");
    }

    @Test
    void an_empty_family_is_an_empty_report() {
        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).isEmpty();
        assertThat(report.kept()).isEmpty();
        assertThat(report.failed()).isEmpty();
        assertThat(report.continuation()).isEmpty();
    }

    private static Image.Builder baked(String id, int days, String workflowId) {
        Tag bake = Tag.builder().key("ami-bakery:bake").value(workflowId).build();
        return ownImage(id, days)
                .tags(Stream.concat(tags("bakery", "web", "good").stream(), Stream.of(bake))
                        .toList());
    }

    private static List<Tuple> kept(CleanUpImagesReport report) {
        return report.kept().stream()
                .map(image -> tuple(image.imageId(), image.reason()))
                .toList();
    }
}
