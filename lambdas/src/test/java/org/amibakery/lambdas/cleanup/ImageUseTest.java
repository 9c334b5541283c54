package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.cleanup.CleanUpBench.DELETE;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.lambdas.FakeFleet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUseTest {
    private final FakeFleet fleet = new FakeFleet(11);

    @BeforeEach
    void an_old_and_a_new_image() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-old", 99).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "running", "shutting-down", "stopping", "stopped"})
    void an_instance_in_any_live_state_keeps_its_image(String state) {
        fleet.users().instance("ami-old", state);

        assertThat(reasonToKeepTheOldImage()).isEqualTo("is in use by arn:aws:ec2:eu-west-1:111111111111:instance/i-0");
    }

    @Test
    void a_terminated_instance_does_not() {
        fleet.users().instance("ami-old", "terminated");

        assertThat(cleanUp(fleet).deleted()).hasSize(1);
    }

    @Test
    void an_instance_that_references_overlook_keeps_its_image() {
        fleet.users().referencesOverlookInstances();
        fleet.users().instance("ami-old", "stopped");

        assertThat(reasonToKeepTheOldImage()).isEqualTo("is in use by i-0");
    }

    @Test
    void the_latest_version_of_a_launch_template_keeps_its_image() {
        fleet.users().launchTemplate(1, "ami-new", "ami-old");

        assertThat(reasonToKeepTheOldImage())
                .isEqualTo("is in use by arn:aws:ec2:eu-west-1:111111111111:launch-template/lt-0");
    }

    @Test
    void the_default_version_of_a_launch_template_keeps_its_image_however_old() {
        fleet.users().launchTemplate(1, "ami-old", "ami-new", "ami-new", "ami-new");

        assertThat(reasonToKeepTheOldImage()).isEqualTo("is in use by version 1 of lt-0");
    }

    @Test
    void an_old_version_of_a_launch_template_does_not_keep_its_image_for_ever() {
        fleet.users().launchTemplate(3, "ami-new", "ami-old", "ami-new");

        assertThat(cleanUp(fleet).deleted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ssm:Parameter, arn:aws:ssm:eu-west-1:111111111111:parameter/images/web",
        "imagebuilder:ImageRecipe, arn:aws:imagebuilder:eu-west-1:111111111111:image-recipe/web/1.0.0",
        "imagebuilder:ContainerRecipe, arn:aws:imagebuilder:eu-west-1:111111111111:container-recipe/web/1.0.0",
    })
    void whatever_else_ec2_knows_of_keeps_the_image(String type, String arn) {
        fleet.users().other("ami-old", type, arn);

        assertThat(reasonToKeepTheOldImage()).isEqualTo("is in use by " + arn);
    }

    @Test
    void a_use_on_the_last_of_many_pages_is_seen() {
        for (int number = 0; number < 9; number++) {
            fleet.users().other("ami-old-" + number, "ssm:Parameter", "arn:" + number);
            fleet.hasBaked(ownImage("ami-old-" + number, 90 + number).build());
            fleet.users().launchTemplate(1, "ami-old-" + number);
        }

        assertThat(cleanUp(fleet).deleted()).extracting(DeletedImage::imageId).containsExactly("ami-old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DescribeImageReferences",
                "DescribeInstances",
                "DescribeLaunchTemplateVersions",
                "DescribeImageAttribute"
            })
    void a_check_that_cannot_be_made_keeps_the_image(String operation) {
        fleet.faults().answers(operation, "UnauthorizedOperation", "no");

        assertThat(reasonToKeepTheOldImage())
                .isEqualTo("could not be checked for use: EC2 answered UnauthorizedOperation to " + operation);
        assertThat(fleet.imageIds()).contains("ami-old");
    }

    @Test
    void one_image_that_cannot_be_checked_does_not_keep_the_others() {
        fleet.hasBaked(ownImage("ami-older", 100).build());
        fleet.faults().answers("DescribeImageReferences ami-old", "InvalidAMIID.NotFound", "gone");

        assertThat(cleanUp(fleet).deleted()).extracting(DeletedImage::imageId).containsExactly("ami-older");
    }

    @Test
    void every_user_is_told_once_whichever_check_sees_it() {
        fleet.users().instance("ami-old", "running");
        fleet.users().launchTemplate(1, "ami-old");
        fleet.users().launchTemplate(1, "ami-old", "ami-new");
        fleet.users().parameter("ami-old");

        assertThat(new ImageUse(fleet).of(List.of("ami-old", "ami-none")))
                .containsEntry("ami-none", new Uses(List.of(), Optional.empty()))
                .extractingByKey("ami-old")
                .extracting(Uses::users)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(
                        "arn:aws:ec2:eu-west-1:111111111111:instance/i-0",
                        "arn:aws:ec2:eu-west-1:111111111111:launch-template/lt-0",
                        "version 1 of lt-1",
                        "arn:aws:ssm:eu-west-1:111111111111:parameter/images/web");
    }

    @Test
    void a_check_that_is_not_allowed_is_not_repeated_for_each_image() {
        fleet.faults().answers("DescribeImageReferences", "UnauthorizedOperation", "no");
        fleet.users().instance("ami-old", "running");

        Map<String, Uses> uses = new ImageUse(fleet).of(List.of("ami-old", "ami-new"));

        assertThat(fleet.faults().calls()).containsOnlyOnce("DescribeImageReferences");
        assertThat(uses.get("ami-new").users()).isEmpty();
        assertThat(uses.get("ami-old").users()).containsExactly("i-0");
        assertThat(uses.values()).extracting(Uses::unchecked).doesNotContain(Optional.empty());
    }

    @Test
    void a_check_that_gets_no_answer_is_not_repeated_for_each_image() {
        fleet.hasBaked(ownImage("ami-older", 100).build());
        fleet.hasBaked(ownImage("ami-oldest", 101).build());
        fleet.faults().hangsAt("DescribeImageReferences");

        CleanUpImagesReport report = cleanUp(fleet);

        assertThat(report.deleted()).isEmpty();
        assertThat(report.kept())
                .extracting(KeptImage::reason)
                .filteredOn(reason ->
                        reason.equals("could not be checked for use: EC2 answered NoAnswer to DescribeImageReferences"))
                .hasSize(3);
        assertThat(fleet.faults().calls()).containsOnlyOnce("DescribeImageReferences");
    }

    @Test
    void a_lately_launched_shared_image_is_kept() {
        fleet.hasSharedAndLaunched("ami-old", NOW.minus(Duration.ofDays(29)));

        assertThat(reasonToKeepTheOldImage())
                .isEqualTo("is shared with other accounts and was last launched at 2026-05-03T12:00:00Z");
    }

    @Test
    void a_shared_image_launched_long_ago_is_not() {
        fleet.hasSharedAndLaunched("ami-old", NOW.minus(Duration.ofDays(31)));

        assertThat(cleanUp(fleet).deleted()).hasSize(1);
    }

    @Test
    void a_launch_of_yesterday_counts_even_without_an_age_limit() {
        fleet.hasSharedAndLaunched("ami-old", NOW.minus(Duration.ofDays(1)));
        CleanUpImagesRequest ageless = new CleanUpImagesRequest(
                "bakery", "web", "eu-west-1", Duration.ZERO, 1, 9, CleanUpMode.DELETE, Optional.empty());

        assertThat(cleanUp(fleet, ageless).deleted()).isEmpty();
    }

    @Test
    void an_instance_launched_after_the_plan_keeps_its_image() {
        fleet.faults().onceBefore("DescribeInstances", () -> fleet.users().instance("ami-new", "running"));
        fleet.faults().onceBefore("DescribeLaunchTemplateVersions", () -> fleet.users()
                .instance("ami-old", "running"));

        assertThat(reasonToKeepTheOldImage()).startsWith("is in use by");
    }

    @Test
    void an_image_that_changed_after_the_plan_is_kept() {
        fleet.faults()
                .onceBefore(
                        "DescribeInstances",
                        () -> fleet.has(ownImage("ami-old", 99)
                                .deregistrationProtection("enabled-without-cooldown")
                                .build()));

        assertThat(reasonToKeepTheOldImage())
                .isEqualTo("was changed while the clean-up ran; the next run looks at it anew");
    }

    @Test
    void an_image_whose_tags_were_taken_off_after_the_plan_is_not_touched() {
        fleet.faults()
                .onceBefore(
                        "DescribeInstances",
                        () -> fleet.has(ownImage("ami-old", 99).tags(List.of()).build()));

        cleanUp(fleet);

        assertThat(fleet.imageIds()).contains("ami-old");
    }

    @Test
    void an_image_is_kept_when_the_newer_one_went_away_after_the_plan() {
        fleet.faults().onceBefore("DescribeInstances", () -> fleet.loses("ami-new"));

        assertThat(reasonToKeepTheOldImage())
                .isEqualTo("must wait: a newer good image went away while the clean-up ran");
    }

    @Test
    void an_image_is_kept_when_it_cannot_be_looked_at_again() {
        fleet.faults().onceBefore("DescribeInstances", () -> fleet.faults()
                .answers("DescribeImages", "RequestLimitExceeded", "slow down"));

        assertThat(reasonToKeepTheOldImage())
                .isEqualTo("could not be checked for use: EC2 answered RequestLimitExceeded to DescribeImages");
    }

    private String reasonToKeepTheOldImage() {
        return cleanUp(fleet, DELETE).kept().stream()
                .filter(image -> image.imageId().equals("ami-old"))
                .map(KeptImage::reason)
                .findFirst()
                .orElse("was not kept");
    }
}
