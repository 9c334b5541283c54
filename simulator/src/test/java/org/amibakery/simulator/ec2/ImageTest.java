package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.amibakery.simulator.ec2.QuietEc2.rootDevice;
import static org.amibakery.simulator.ec2.QuietEc2.tags;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.Tag;

class ImageTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void an_image_becomes_available_with_its_snapshots_and_tags() {
        String instanceId = aws.runningInstance(
                        launch -> launch.blockDeviceMappings(rootDevice(ebs -> ebs.volumeSize(12))))
                .instanceId();

        String id = aws.ec2
                .createImage(request -> request.instanceId(instanceId)
                        .name("web-1")
                        .tagSpecifications(tags("image", "on", "image"), tags("snapshot", "on", "snapshot")))
                .imageId();
        assertRefused("InvalidAMIID.NotFound", () -> aws.image(id)).hasMessageContaining(id);
        aws.settles();

        assertThat(aws.image(id).stateAsString()).isEqualTo("pending");
        aws.passes(Duration.ofSeconds(118));
        Image image = aws.image(id);
        assertThat(image.stateAsString()).isEqualTo("available");
        assertThat(image.tags()).extracting(Tag::value).containsExactly("image");
        assertThat(image.sourceInstanceId()).isEqualTo(instanceId);
        assertThat(aws.ec2
                        .describeSnapshots(request -> request.ownerIds("self"))
                        .snapshots())
                .singleElement()
                .satisfies(snapshot -> {
                    assertThat(snapshot.snapshotId())
                            .isEqualTo(image.blockDeviceMappings().get(0).ebs().snapshotId());
                    assertThat(snapshot.volumeSize()).isEqualTo(12);
                    assertThat(snapshot.stateAsString()).isEqualTo("completed");
                    assertThat(snapshot.tags()).extracting(Tag::value).containsExactly("snapshot");
                });
    }

    @Test
    void a_name_is_taken_until_its_image_is_deregistered() {
        String id = aws.availableImage("web-1").imageId();
        String instanceId = aws.runningInstance().instanceId();

        assertRefused(
                        "InvalidAMIName.Duplicate",
                        () -> aws.ec2.createImage(r -> r.instanceId(instanceId).name("web-1")))
                .hasMessage("AMI name web-1 is already in use by AMI " + id);

        aws.ec2.deregisterImage(request -> request.imageId(id));
        assertThat(aws.ec2
                        .createImage(r -> r.instanceId(instanceId).name("web-1"))
                        .imageId())
                .isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a#b", "web:1"})
    void a_malformed_name_is_refused(String name) {
        String instanceId = aws.runningInstance().instanceId();

        assertRefused(
                        "InvalidAMIName.Malformed",
                        () -> aws.ec2.createImage(r -> r.instanceId(instanceId).name(name)))
                .hasMessageContaining("between 3 and 128 characters");
    }

    @Test
    void an_instance_must_be_running_or_stopped_to_be_imaged() {
        String pending =
                aws.ec2.runInstances(aws.aLaunch().build()).instances().get(0).instanceId();
        aws.settles();
        assertRefused(
                        "InvalidParameterValue",
                        () -> aws.ec2.createImage(r -> r.instanceId(pending).name("web-1")))
                .hasMessageContaining("Instance is not in state");

        aws.ec2.terminateInstances(request -> request.instanceIds(pending));
        assertRefused(
                        "IncorrectInstanceState",
                        () -> aws.ec2.createImage(r -> r.instanceId(pending).name("web-1")))
                .hasMessageContaining("shutting-down");
    }

    @Test
    void an_image_fails_when_its_instance_ends_too_early() {
        String instanceId = aws.runningInstance().instanceId();
        String id = aws.ec2
                .createImage(request -> request.instanceId(instanceId).name("web-1"))
                .imageId();
        aws.passes(Duration.ofMinutes(1));

        aws.ec2.terminateInstances(request -> request.instanceIds(instanceId));
        aws.passes(Duration.ofMinutes(5));

        assertThat(aws.image(id).stateAsString()).isEqualTo("failed");
        assertThat(aws.image(id).stateReason().code()).isEqualTo("Client.InstanceTerminated");
    }

    @Test
    void an_image_can_fail_or_stay_pending() {
        aws.facts.imageFails("Server.InternalError: the copy broke off");
        aws.facts.imageStaysPending();

        Image failed = aws.availableImage("web-1");
        Image pending = aws.availableImage("web-2");

        assertThat(failed.stateAsString()).isEqualTo("failed");
        assertThat(failed.stateReason().code()).isEqualTo("Server.InternalError");
        aws.passes(Duration.ofDays(2));
        assertThat(aws.image(pending.imageId()).stateAsString()).isEqualTo("pending");
    }

    @Test
    void a_copy_needs_its_tags_asked_for_and_repeats_by_its_token() {
        String id = aws.availableImage("web-1").imageId();
        aws.ec2.createTags(request -> request.resources(id)
                .tags(Tag.builder().key("on").value("image").build()));

        String copy = aws.inRegion("us-east-1")
                .copyImage(request -> request.sourceRegion("eu-west-1")
                        .sourceImageId(id)
                        .name("web-1")
                        .encrypted(true)
                        .copyImageTags(true)
                        .clientToken("copy-1"))
                .imageId();
        String again = aws.inRegion("us-east-1")
                .copyImage(request -> request.sourceRegion("eu-west-1")
                        .sourceImageId(id)
                        .name("web-1")
                        .encrypted(true)
                        .copyImageTags(true)
                        .clientToken("copy-1"))
                .imageId();
        assertThat(again).isEqualTo(copy);

        aws.passes(Duration.ofSeconds(90));
        assertThat(aws.inRegion("us-east-1")
                        .describeImages(request -> request.imageIds(copy))
                        .images())
                .singleElement()
                .satisfies(image -> {
                    assertThat(image.stateAsString()).isEqualTo("available");
                    assertThat(image.tags()).extracting(Tag::value).containsExactly("image");
                    assertThat(image.blockDeviceMappings().get(0).ebs().encrypted())
                            .isTrue();
                });
    }

    @Test
    void a_snapshot_is_in_use_until_its_image_is_gone() {
        Image image = aws.availableImage("web-1");
        String snapshotId = image.blockDeviceMappings().get(0).ebs().snapshotId();
        assertRefused("InvalidSnapshot.InUse", () -> aws.ec2.deleteSnapshot(r -> r.snapshotId(snapshotId)))
                .hasMessage("The snapshot " + snapshotId + " is currently in use by " + image.imageId());

        aws.ec2.deregisterImage(request -> request.imageId(image.imageId()));
        assertRefused("InvalidSnapshot.InUse", () -> aws.ec2.deleteSnapshot(r -> r.snapshotId(snapshotId)))
                .hasMessageContaining(image.imageId());
        aws.settles();
        aws.ec2.deleteSnapshot(request -> request.snapshotId(snapshotId));

        assertRefused("InvalidSnapshot.NotFound", () -> aws.ec2.deleteSnapshot(r -> r.snapshotId(snapshotId)))
                .hasMessageContaining(snapshotId);
        assertThat(aws.ledger.leaked()).extracting(LedgerEntry::kind).doesNotContain(ResourceKind.SNAPSHOT);
    }

    @Test
    void deregistering_with_snapshots_tells_each_result() {
        Image image = aws.availableImage("web-1");

        assertThat(aws.ec2
                        .deregisterImage(
                                request -> request.imageId(image.imageId()).deleteAssociatedSnapshots(true))
                        .deleteSnapshotResults())
                .singleElement()
                .satisfies(result -> assertThat(result.returnCodeAsString()).isEqualTo("success"));

        assertThat(aws.image(image.imageId()).stateAsString()).isEqualTo("deregistered");
        assertRefused("InvalidAMIID.Unavailable", () -> aws.ec2.deregisterImage(r -> r.imageId(image.imageId())))
                .hasMessageContaining("no longer available");
    }

    @Test
    void a_deregistered_image_lingers_then_is_empty_then_is_not_found() {
        Image image = aws.availableImage("web-1");
        String user =
                aws.runningInstance(launch -> launch.imageId(image.imageId())).instanceId();
        aws.ec2.deregisterImage(request -> request.imageId(image.imageId()));
        assertThat(aws.image(image.imageId()).stateAsString()).isEqualTo("deregistered");

        aws.passes(Duration.ofSeconds(30));
        assertThat(aws.ec2.describeImages(r -> r.imageIds(image.imageId())).images())
                .isEmpty();
        assertThat(aws.ec2
                        .describeInstanceImageMetadata(r -> r.instanceIds(user))
                        .instanceImageMetadata()
                        .get(0)
                        .imageMetadata()
                        .name())
                .isEqualTo("web-1");

        aws.ec2.terminateInstances(request -> request.instanceIds(user));
        aws.passes(Duration.ofSeconds(10));
        assertRefused("InvalidAMIID.NotFound", () -> aws.image(image.imageId())).hasMessageContaining(image.imageId());
    }

    @Test
    void protection_with_cooldown_outlasts_being_switched_off() {
        String id = aws.availableImage("web-1").imageId();
        aws.ec2.enableImageDeregistrationProtection(r -> r.imageId(id).withCooldown(true));
        assertRefused("OperationNotPermitted", () -> aws.ec2.deregisterImage(r -> r.imageId(id)))
                .hasMessageContaining("enabled-with-cooldown");

        aws.ec2.disableImageDeregistrationProtection(request -> request.imageId(id));
        aws.passes(Duration.ofHours(23));
        assertRefused("OperationNotPermitted", () -> aws.ec2.deregisterImage(r -> r.imageId(id)))
                .hasMessageContaining("disabled-with-cooldown");

        aws.passes(Duration.ofHours(1));
        assertThat(aws.ec2.deregisterImage(r -> r.imageId(id)).returnValue()).isTrue();
    }

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

    @Test
    void public_sharing_is_blocked_and_bad_accounts_are_named() {
        String id = aws.availableImage("web-1").imageId();

        assertRefused(
                        "OperationNotPermitted",
                        () -> aws.ec2.modifyImageAttribute(
                                r -> r.imageId(id).operationType("add").userGroups("all")))
                .hasMessageContaining("block public access");
        assertRefused(
                        "InvalidAMIAttributeItemValue",
                        () -> aws.ec2.modifyImageAttribute(
                                r -> r.imageId(id).operationType("add").userIds("me")))
                .hasMessageContaining("\"me\"");

        aws.facts.allowsPublicSharing();
        aws.ec2.modifyImageAttribute(r -> r.imageId(id).operationType("add").userGroups("all"));
        assertThat(aws.image(id).publicLaunchPermissions()).isTrue();
    }

    @Test
    void only_the_owner_changes_an_image() {
        String amazons = aws.amazonLinux("x86_64").imageId();

        assertRefused("AuthFailure", () -> aws.ec2.deregisterImage(r -> r.imageId(amazons)))
                .hasMessage("Not authorized for image:" + amazons);
    }

    @Test
    void a_launch_is_told_a_day_later() {
        String id = aws.availableImage("web-1").imageId();
        aws.runningInstance(launch -> launch.imageId(id));
        assertThat(lastLaunch(id)).isNull();

        aws.passes(Duration.ofDays(1));

        assertThat(lastLaunch(id)).startsWith("2026-03-02T03:02");
    }

    @Test
    void references_come_from_instances_templates_parameters_and_recipes() {
        String id = aws.facts.ownsImage("web-1", aws.clock.instant().minus(Duration.ofDays(40)), Map.of());
        aws.facts.runsInstanceFrom(id);
        aws.facts.hasLaunchTemplate("web", id);
        aws.facts.imageBuilderRecipeUses(id, "arn:aws:imagebuilder:eu-west-1:123456789012:image-recipe/web/1.0.0");
        aws.world.connect(QuietEc2.HOME, new OneParameter(id));

        assertThat(aws.ec2
                        .describeImageReferences(r -> r.imageIds(id).includeAllResourceTypes(true))
                        .imageReferences())
                .extracting(reference -> reference.resourceTypeAsString())
                .containsExactlyInAnyOrder(
                        "ec2:Instance", "ec2:LaunchTemplate", "ssm:Parameter", "imagebuilder:ImageRecipe");
        assertThat(aws
                        .ec2
                        .describeImageReferencesPaginator(r ->
                                r.imageIds(id).includeAllResourceTypes(true).maxResults(1))
                        .stream()
                        .toList())
                .hasSize(4);
    }

    @Test
    void references_are_checked_ten_images_at_a_time_and_with_a_type() {
        List<String> eleven = Collections.nCopies(11, "ami-0123456789abcdef0");
        assertRefused(
                        "InvalidParameterValue",
                        () -> aws.ec2.describeImageReferences(
                                r -> r.imageIds(eleven).includeAllResourceTypes(true)))
                .hasMessageContaining("At most 10");
        assertRefused(
                        "InvalidParameterCombination",
                        () -> aws.ec2.describeImageReferences(r -> r.imageIds("ami-0123456789abcdef0")))
                .hasMessageContaining("IncludeAllResourceTypes");
    }

    @Test
    void tagging_an_image_fails_until_it_is_visible_and_the_tag_shows_later_still() {
        String instanceId = aws.runningInstance().instanceId();
        String id = aws.ec2
                .createImage(request -> request.instanceId(instanceId).name("web-1"))
                .imageId();
        Tag good = Tag.builder().key("ami-bakery:state").value("good").build();
        assertRefused(
                        "InvalidAMIID.NotFound",
                        () -> aws.ec2.createTags(r -> r.resources(id).tags(good)))
                .hasMessageContaining(id);

        aws.settles();
        aws.ec2.createTags(request -> request.resources(id).tags(good));
        assertThat(aws.image(id).tags()).isEmpty();
        aws.settles();
        assertThat(aws.image(id).tags()).containsExactly(good);
        assertThat(aws.ec2
                        .describeTags(r -> r.filters(filter("resource-id", id)))
                        .tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.resourceTypeAsString()).isEqualTo("image"));

        aws.ec2.deleteTags(request ->
                request.resources(id).tags(Tag.builder().key("ami-bakery:state").build()));
        assertThat(aws.image(id).tags()).isEmpty();
    }

    private String lastLaunch(String id) {
        return aws.ec2
                .describeImageAttribute(r -> r.imageId(id).attribute("lastLaunchedTime"))
                .lastLaunchedTime()
                .value();
    }
}
