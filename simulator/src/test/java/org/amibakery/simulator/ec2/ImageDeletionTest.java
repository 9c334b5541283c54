package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;

class ImageDeletionTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

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
    void only_the_owner_changes_an_image() {
        String amazons = aws.amazonLinux("x86_64").imageId();

        assertRefused("AuthFailure", () -> aws.ec2.deregisterImage(r -> r.imageId(amazons)))
                .hasMessage("Not authorized for image:" + amazons);
    }
}
