package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.amibakery.simulator.ec2.QuietEc2.rootDevice;
import static org.amibakery.simulator.ec2.QuietEc2.tags;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Image;
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
    void a_launch_is_told_a_day_later() {
        String id = aws.availableImage("web-1").imageId();
        aws.runningInstance(launch -> launch.imageId(id));
        assertThat(lastLaunch(id)).isNull();

        aws.passes(Duration.ofDays(1));

        assertThat(lastLaunch(id)).startsWith("2026-03-02T03:02");
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
