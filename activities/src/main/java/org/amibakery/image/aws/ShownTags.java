package org.amibakery.image.aws;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Crowd;
import org.amibakery.watch.SharedReads;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Reads the tags that EC2 shows of images and snapshots, those of many bakes at once. */
final class ShownTags {
    private static final String IMAGES = "ami-";

    private final AwsClients clients;
    private final Crowd crowd;
    private final Map<Region, SharedReads<String, List<Tag>>> reads = new ConcurrentHashMap<>();

    ShownTags(AwsClients clients, Crowd crowd) {
        this.clients = clients;
        this.crowd = crowd;
    }

    /** The tags by id; of what is not visible there are none. */
    Map<String, List<Tag>> of(Region region, Set<String> ids) {
        SharedReads<String, List<Tag>> shared = reads.computeIfAbsent(region, this::readsIn);
        // judged here, as each activity has an age of its own
        return Ec2Errors.DESCRIBE.guard("DescribeImages", region, () -> shared.read(ids));
    }

    private SharedReads<String, List<Tag>> readsIn(Region region) {
        return new SharedReads<>(crowd, Ec2Filters.MOST_VALUES, ids -> read(region, ids));
    }

    private Map<String, List<Tag>> read(Region region, Set<String> ids) {
        Map<Boolean, Set<String>> areImages =
                ids.stream().collect(partitioningBy(id -> id.startsWith(IMAGES), toSet()));
        Map<String, List<Tag>> shown = new LinkedHashMap<>();
        if (!areImages.get(true).isEmpty()) {
            ofImages(region, areImages.get(true)).forEach(image -> shown.put(image.imageId(), image.tags()));
        }
        if (!areImages.get(false).isEmpty()) {
            ofSnapshots(region, areImages.get(false))
                    .forEach(snapshot -> shown.put(snapshot.snapshotId(), snapshot.tags()));
        }
        return shown;
    }

    private List<Image> ofImages(Region region, Collection<String> ids) {
        DescribeImagesRequest request = DescribeImagesRequest.builder()
                .owners("self")
                .filters(Ec2Filters.any("image-id", ids))
                .build();
        return Ec2Errors.DESCRIBE.guard(
                "DescribeImages", region, () -> clients.ec2(region).describeImagesPaginator(request).images().stream()
                        .toList());
    }

    private List<Snapshot> ofSnapshots(Region region, Collection<String> ids) {
        DescribeSnapshotsRequest request = DescribeSnapshotsRequest.builder()
                .ownerIds("self")
                .filters(Ec2Filters.any("snapshot-id", ids))
                .build();
        return clients.ec2(region).describeSnapshotsPaginator(request).snapshots().stream()
                .toList();
    }
}
