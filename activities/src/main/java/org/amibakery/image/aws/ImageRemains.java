package org.amibakery.image.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.image.DiscardImage;
import org.amibakery.recipe.ImageId;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Looks what there is of an image that is to go. */
final class ImageRemains {
    private final Ec2Client ec2;
    private final DiscardImage request;

    ImageRemains(Ec2Client ec2, DiscardImage request) {
        this.ec2 = ec2;
        this.request = request;
    }

    /** The image, by its id where that is known, else by its name; a deregistered one that lingers does not count. */
    Optional<Image> image() {
        return images().stream()
                .filter(image -> image.state() != ImageState.DEREGISTERED)
                .findFirst();
    }

    /** Whether EC2 still shows that the image was deregistered, as the run before a reset may have done. */
    boolean wasDeregistered() {
        return images().stream().anyMatch(image -> image.state() == ImageState.DEREGISTERED);
    }

    private List<Image> images() {
        DescribeImagesRequest look = DescribeImagesRequest.builder()
                .owners("self")
                .includeDeprecated(true)
                .includeDisabled(true)
                .filters(byIdOrName())
                .build();
        return Ec2Errors.DESCRIBE_FOR_CLEANUP.guard(
                "DescribeImages", request.region(), () -> ec2.describeImagesPaginator(look).images().stream()
                        .toList());
    }

    /**
     * The snapshots that carry the bake's tag and the image's name: a family's bakes share their tag, and a pending image
     * does not name its snapshots yet. Those of another run's good image do not count.
     */
    List<String> snapshots() {
        DescribeSnapshotsRequest look = DescribeSnapshotsRequest.builder()
                .ownerIds("self")
                .filters(
                        Ec2Filters.exactly("tag:" + Ec2Filters.BAKE_TAG, request.bake()),
                        Ec2Filters.exactly("tag:Name", request.name()))
                .build();
        return Ec2Errors.DESCRIBE_FOR_CLEANUP.guard(
                "DescribeSnapshots", request.region(), () -> ec2.describeSnapshotsPaginator(look).snapshots().stream()
                        .filter(snapshot -> mayGo(Ec2Filters.tagsOf(snapshot.tags())))
                        .map(Snapshot::snapshotId)
                        .toList());
    }

    /** Whether things with these tags may go: those of another run's good image stay. */
    boolean mayGo(Map<String, String> tags) {
        return !"good".equals(tags.get(Ec2Filters.STATE_TAG))
                || (!request.run().isEmpty() && request.run().equals(tags.get(Ec2Filters.RUN_TAG)));
    }

    /** The snapshots that were made for the image of this id, which EC2 notes before it shows their tags. */
    List<String> snapshotsMadeFor(String image) {
        DescribeSnapshotsRequest look = DescribeSnapshotsRequest.builder()
                .ownerIds("self")
                .filters(Ec2Filters.any(
                        "description",
                        List.of("Created by CreateImage(*) for " + image, "Copied for DestinationAmi " + image + " *")))
                .build();
        return Ec2Errors.DESCRIBE_FOR_CLEANUP.guard(
                "DescribeSnapshots", request.region(), () -> ec2.describeSnapshotsPaginator(look).snapshots().stream()
                        .map(Snapshot::snapshotId)
                        .toList());
    }

    private Filter byIdOrName() {
        return request.id()
                .map(ImageId::value)
                .map(id -> Ec2Filters.exactly("image-id", id))
                .orElseGet(() -> Ec2Filters.exactly("name", request.name()));
    }
}
