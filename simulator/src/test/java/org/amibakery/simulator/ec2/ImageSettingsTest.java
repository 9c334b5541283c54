package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;

/** The switches of an image: deprecated, disabled, enabled again. */
class ImageSettingsTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void deprecation_lies_ahead_but_not_too_far() {
        String id = aws.availableImage("web-1").imageId();
        assertRefused(
                        "InvalidParameterValue",
                        () -> aws.ec2.enableImageDeprecation(r ->
                                r.imageId(id).deprecateAt(aws.clock.instant().minusSeconds(1))))
                .hasMessageContaining("in the future");
        assertRefused(
                        "InvalidParameterValue",
                        () -> aws.ec2.enableImageDeprecation(r ->
                                r.imageId(id).deprecateAt(aws.clock.instant().plus(Duration.ofDays(3_660)))))
                .hasMessageContaining("10 years");

        aws.ec2.enableImageDeprecation(
                r -> r.imageId(id).deprecateAt(aws.clock.instant().plusSeconds(60)));
        assertThat(aws.image(id).deprecationTime()).startsWith("2026-03-02");
    }

    @Test
    void deprecation_is_rounded_to_the_minute_and_can_be_taken_back() {
        String id = aws.availableImage("web-1").imageId();

        aws.ec2.enableImageDeprecation(r -> r.imageId(id).deprecateAt(Instant.parse("2027-01-01T10:20:29Z")));
        assertThat(aws.image(id).deprecationTime()).isEqualTo("2027-01-01T10:20:00.000Z");
        aws.ec2.enableImageDeprecation(r -> r.imageId(id).deprecateAt(Instant.parse("2027-01-01T10:20:30Z")));
        assertThat(aws.image(id).deprecationTime()).isEqualTo("2027-01-01T10:21:00.000Z");

        aws.ec2.disableImageDeprecation(r -> r.imageId(id));
        assertThat(aws.image(id).deprecationTime()).isNull();
    }

    @Test
    void a_public_image_is_deprecated_within_two_years_of_its_creation() {
        String id = aws.availableImage("web-1").imageId();
        aws.facts.allowsPublicSharing();
        aws.ec2.modifyImageAttribute(r -> r.imageId(id).operationType("add").userGroups("all"));

        assertRefused(
                        "InvalidParameterValue",
                        () -> aws.ec2.enableImageDeprecation(r ->
                                r.imageId(id).deprecateAt(aws.clock.instant().plus(Duration.ofDays(800)))))
                .hasMessageContaining("2 years after its creation");
    }

    @Test
    void switches_of_an_image_are_its_owners_and_fit_its_state() {
        String id = aws.availableImage("web-1").imageId();
        String vendors =
                aws.ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();

        assertRefused("AuthFailure", () -> aws.ec2.disableImage(r -> r.imageId(vendors)));
        assertRefused(
                "AuthFailure",
                () -> aws.ec2.enableImageDeprecation(
                        r -> r.imageId(vendors).deprecateAt(aws.clock.instant().plusSeconds(60))));
        assertRefused("InvalidAMIID.Unavailable", () -> aws.ec2.enableImage(r -> r.imageId(id)));
        aws.ec2.disableImage(r -> r.imageId(id));
        assertRefused("InvalidAMIID.Unavailable", () -> aws.ec2.disableImage(r -> r.imageId(id)));
    }

    @Test
    void a_disabled_image_cannot_be_shared_copied_or_robbed_of_its_snapshots_but_deregistered() {
        Image image = aws.availableImage("web-1");
        String id = image.imageId();
        String snapshot = image.blockDeviceMappings().get(0).ebs().snapshotId();
        aws.ec2.disableImage(r -> r.imageId(id));

        assertRefused(
                        "InvalidAMIID.Unavailable",
                        () -> aws.ec2.modifyImageAttribute(
                                r -> r.imageId(id).operationType("add").userIds("210987654321")))
                .hasMessageContaining("can't be shared");
        assertRefused(
                "InvalidRequest",
                () -> aws.ec2.copyImage(
                        r -> r.sourceImageId(id).sourceRegion("eu-west-1").name("web-2")));
        assertRefused("InvalidSnapshot.InUse", () -> aws.ec2.deleteSnapshot(r -> r.snapshotId(snapshot)));
        assertRefused(
                        "InvalidParameter",
                        () -> aws.ec2.describeImages(r -> r.filters(Filter.builder()
                                .name("state")
                                .values("disabled")
                                .build())))
                .hasMessageContaining("IncludeDisabled");

        aws.ec2.deregisterImage(r -> r.imageId(id).deleteAssociatedSnapshots(true));
        assertRefused("InvalidSnapshot.NotFound", () -> aws.ec2.describeSnapshots(r -> r.snapshotIds(snapshot)));
    }

    @Test
    void disabling_an_image_hides_it_and_drops_its_sharing() {
        String id = aws.availableImage("web-1").imageId();
        String friend = "210987654321";
        aws.ec2.modifyImageAttribute(request -> request.imageId(id)
                .launchPermission(change ->
                        change.add(LaunchPermission.builder().userId(friend).build())));
        assertThat(aws.asAccount(friend)
                        .describeImages(r -> r.executableUsers("self"))
                        .images())
                .extracting(Image::imageId)
                .containsExactly(id);

        aws.ec2.disableImage(request -> request.imageId(id));

        assertThat(aws.ec2.describeImages(r -> r.owners("self")).images()).isEmpty();
        assertThat(aws.ec2
                        .describeImages(r -> r.owners("self").includeDisabled(true))
                        .images())
                .hasSize(1);
        assertRefused("InvalidAMIID.Unavailable", () -> aws.runningInstance(launch -> launch.imageId(id)))
                .hasMessageContaining("disabled");
        aws.ec2.enableImage(request -> request.imageId(id));
        assertThat(aws.asAccount(friend)
                        .describeImages(r -> r.executableUsers("self"))
                        .images())
                .isEmpty();
    }
}
