package org.amibakery.lambdas;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.lambdas.Pages.Page;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotReturnCode;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageReference;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotReturnCodes;

/** One region's images, snapshots and their users in memory, as strict as EC2 where the functions depend on it. */
public class FakeFleet extends FakeImages {
    /** Our account. */
    public static final String OURSELVES = "111111111111";
    /** The vendor's account. */
    public static final String AMAZON = "137112412989";

    private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final Set<String> stuckSnapshots = new HashSet<>();
    private final ImageUsers users = new ImageUsers();
    private final Listing<Snapshot> listing = new Listing<>();
    private Optional<String> snapshotResult = Optional.of("success");

    /** Shuffles its answers by the seed. */
    public FakeFleet(long seed) {
        super(seed);
    }

    /** Adds one of our images and, as EC2 would have, its snapshots. */
    public void hasBaked(Image image) {
        has(image);
        image.blockDeviceMappings().forEach(disk -> hasSnapshot(disk.ebs().snapshotId(), image));
    }

    private void hasSnapshot(String snapshotId, Image image) {
        listing.forget();
        snapshots.putIfAbsent(
                snapshotId,
                Snapshot.builder()
                        .snapshotId(snapshotId)
                        .ownerId(image.ownerId())
                        .description("Created by CreateImage(i-1) for " + image.imageId())
                        .startTime(Instant.parse(image.creationDate()))
                        .tags(image.tags())
                        .build());
    }

    public void has(Snapshot snapshot) {
        listing.forget();
        snapshots.put(snapshot.snapshotId(), snapshot);
    }

    /** DeregisterImage reports this for every snapshot and deletes none unless it is a success; empty: no results. */
    public void reportsForSnapshots(Optional<String> returnCode) {
        snapshotResult = returnCode;
    }

    public void keepsSnapshotInUse(String snapshotId) {
        stuckSnapshots.add(snapshotId);
    }

    public ImageUsers users() {
        return users;
    }

    /** The snapshots as they are, in the order in which they were added. */
    public List<Snapshot> snapshots() {
        return List.copyOf(snapshots.values());
    }

    public Set<String> snapshotIds() {
        return Set.copyOf(snapshots.keySet());
    }

    @Override
    public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
        faults().before("DescribeSnapshots", List.of());
        List<Snapshot> found =
                listing.of(List.of(request.ownerIds(), request.filters()), () -> snapshots.values().stream()
                        .filter(snapshot -> !request.ownerIds().contains("self")
                                || snapshot.ownerId().equals(OURSELVES))
                        .filter(snapshot -> Filters.match(snapshot, request.filters(), Filters::ofSnapshot))
                        .toList());
        Page<Snapshot> page = pages().page(found, request.nextToken());
        return DescribeSnapshotsResponse.builder()
                .snapshots(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeImageReferencesResponse describeImageReferences(DescribeImageReferencesRequest request) {
        faults().before("DescribeImageReferences", request.imageIds());
        if (request.imageIds().isEmpty() || request.imageIds().size() > 10) {
            throw Faults.error("InvalidParameterValue", "1 to 10 image ids");
        }
        Page<ImageReference> page = pages().page(users.references(request), request.nextToken());
        return DescribeImageReferencesResponse.builder()
                .imageReferences(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        faults().before("DescribeInstances", List.of());
        Page<Reservation> page = pages().page(users.reservations(request), request.nextToken());
        return DescribeInstancesResponse.builder()
                .reservations(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(
            DescribeLaunchTemplateVersionsRequest request) {
        faults().before("DescribeLaunchTemplateVersions", List.of());
        Page<LaunchTemplateVersion> page = pages().page(users.templateVersions(request), request.nextToken());
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
        faults().before("DeregisterImage", List.of(request.imageId()));
        Image image = own(request.imageId());
        loses(image.imageId());
        DeregisterImageResponse.Builder answer =
                DeregisterImageResponse.builder().returnValue(true);
        if (Boolean.TRUE.equals(request.deleteAssociatedSnapshots())) {
            snapshotResult.ifPresent(code -> answer.deleteSnapshotResults(image.blockDeviceMappings().stream()
                    .map(disk -> endOf(disk.ebs().snapshotId(), code))
                    .toList()));
        }
        faults().afterCommit("DeregisterImage");
        return answer.build();
    }

    private DeleteSnapshotReturnCode endOf(String snapshotId, String code) {
        String result = usersOf(snapshotId).findAny().isPresent() ? "skipped" : code;
        if (result.equals("success")) {
            listing.forget();
            snapshots.remove(snapshotId);
        }
        return DeleteSnapshotReturnCode.builder()
                .snapshotId(snapshotId)
                .returnCode(SnapshotReturnCodes.fromValue(result))
                .build();
    }

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
        String id = request.snapshotId();
        faults().before("DeleteSnapshot", List.of(id));
        if (!snapshots.containsKey(id)) {
            throw Faults.error("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
        }
        if (stuckSnapshots.contains(id) || usersOf(id).findAny().isPresent()) {
            throw Faults.error("InvalidSnapshot.InUse", "The snapshot " + id + " is currently in use by ami-0");
        }
        listing.forget();
        snapshots.remove(id);
        faults().afterCommit("DeleteSnapshot");
        return DeleteSnapshotResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "ec2";
    }

    @Override
    public void close() {}
}
