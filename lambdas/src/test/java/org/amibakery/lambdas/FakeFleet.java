package org.amibakery.lambdas;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.amibakery.lambdas.Pages.Page;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotReturnCode;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageReference;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotReturnCodes;

/** One region's images, snapshots and their users in memory, as strict as EC2 where the functions depend on it. */
public class FakeFleet implements Ec2Client {
    /** Our account. */
    public static final String OURSELVES = "111111111111";
    /** The vendor's account. */
    public static final String AMAZON = "137112412989";

    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, Instant> sharedAndLaunched = new HashMap<>();
    private final Set<String> stuckSnapshots = new HashSet<>();
    private final List<DescribeImagesRequest> imageLookUps = new ArrayList<>();
    private final Faults faults = new Faults();
    private final ImageUsers users = new ImageUsers();
    private final Pages pages;
    private Optional<String> snapshotResult = Optional.of("success");
    private boolean ignoresOwners;

    /** Shuffles its answers by the seed. */
    public FakeFleet(long seed) {
        this.pages = new Pages(seed);
    }

    Pages pages() {
        return pages;
    }

    public void has(Image image) {
        images.put(image.imageId(), image);
    }

    /** Adds one of our images and, as EC2 would have, its snapshots. */
    public void hasBaked(Image image) {
        has(image);
        image.blockDeviceMappings().forEach(disk -> hasSnapshot(disk.ebs().snapshotId(), image));
    }

    private void hasSnapshot(String snapshotId, Image image) {
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
        snapshots.put(snapshot.snapshotId(), snapshot);
    }

    public void loses(String imageId) {
        images.remove(imageId);
    }

    public void hasSharedAndLaunched(String imageId, Instant lastLaunched) {
        sharedAndLaunched.put(imageId, lastLaunched);
    }

    /** DeregisterImage reports this for every snapshot and deletes none unless it is a success; empty: no results. */
    public void reportsForSnapshots(Optional<String> returnCode) {
        snapshotResult = returnCode;
    }

    public void keepsSnapshotInUse(String snapshotId) {
        stuckSnapshots.add(snapshotId);
    }

    public void ignoresOwners() {
        ignoresOwners = true;
    }

    public Faults faults() {
        return faults;
    }

    public ImageUsers users() {
        return users;
    }

    public Set<String> imageIds() {
        return Set.copyOf(images.keySet());
    }

    public Image image(String imageId) {
        return images.get(imageId);
    }

    public Set<String> snapshotIds() {
        return Set.copyOf(snapshots.keySet());
    }

    public List<DescribeImagesRequest> imageLookUps() {
        return imageLookUps;
    }

    @Override
    public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
        faults.before("DescribeImages", List.of());
        imageLookUps.add(request);
        List<Image> found = images.values().stream()
                .filter(image -> ignoresOwners || isOwned(image, request.owners()))
                .filter(image -> isListed(image, request))
                .filter(image -> Filters.match(image, request.filters(), Filters::ofImage))
                .toList();
        Page<Image> page = pages.page(found, request.nextToken());
        return DescribeImagesResponse.builder()
                .images(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean isOwned(Image image, List<String> owners) {
        return owners.isEmpty()
                || owners.contains(image.ownerId())
                || owners.contains(image.imageOwnerAlias())
                || (owners.contains("self") && image.ownerId().equals(OURSELVES));
    }

    private static boolean isListed(Image image, DescribeImagesRequest request) {
        boolean own = image.ownerId().equals(OURSELVES);
        boolean deprecated = image.deprecationTime() != null
                && Instant.parse(image.deprecationTime()).isBefore(AnImage.NOW);
        boolean disabled = image.stateAsString().equals("disabled");
        return (own || !deprecated || Boolean.TRUE.equals(request.includeDeprecated()))
                && (!disabled || (own && Boolean.TRUE.equals(request.includeDisabled())));
    }

    @Override
    public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
        faults.before("DescribeSnapshots", List.of());
        List<Snapshot> found = snapshots.values().stream()
                .filter(snapshot -> !request.ownerIds().contains("self")
                        || snapshot.ownerId().equals(OURSELVES))
                .filter(snapshot -> Filters.match(snapshot, request.filters(), Filters::ofSnapshot))
                .toList();
        Page<Snapshot> page = pages.page(found, request.nextToken());
        return DescribeSnapshotsResponse.builder()
                .snapshots(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeImageReferencesResponse describeImageReferences(DescribeImageReferencesRequest request) {
        faults.before("DescribeImageReferences", request.imageIds());
        if (request.imageIds().isEmpty() || request.imageIds().size() > 10) {
            throw Faults.error("InvalidParameterValue", "1 to 10 image ids");
        }
        Page<ImageReference> page = pages.page(users.references(request), request.nextToken());
        return DescribeImageReferencesResponse.builder()
                .imageReferences(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        faults.before("DescribeInstances", List.of());
        Page<Reservation> page = pages.page(users.reservations(request), request.nextToken());
        return DescribeInstancesResponse.builder()
                .reservations(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(
            DescribeLaunchTemplateVersionsRequest request) {
        faults.before("DescribeLaunchTemplateVersions", List.of());
        Page<LaunchTemplateVersion> page = pages.page(users.templateVersions(request), request.nextToken());
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DescribeImageAttributeResponse describeImageAttribute(DescribeImageAttributeRequest request) {
        faults.before("DescribeImageAttribute", List.of(request.imageId()));
        Optional<Instant> launched = Optional.ofNullable(sharedAndLaunched.get(request.imageId()));
        DescribeImageAttributeResponse.Builder answer =
                DescribeImageAttributeResponse.builder().imageId(request.imageId());
        return switch (request.attribute()) {
            case LAUNCH_PERMISSION ->
                answer.launchPermissions(launched.stream()
                                .map(any -> LaunchPermission.builder()
                                        .userId("222222222222")
                                        .build())
                                .toList())
                        .build();
            case LAST_LAUNCHED_TIME ->
                answer.lastLaunchedTime(AttributeValue.builder()
                                .value(launched.map(Instant::toString).orElse(null))
                                .build())
                        .build();
            default -> throw Faults.error("InvalidParameterValue", request.attributeAsString());
        };
    }

    @Override
    public DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
        faults.before("DeregisterImage", List.of(request.imageId()));
        Image image = images.get(request.imageId());
        if (image == null || !image.ownerId().equals(OURSELVES)) {
            throw Faults.error("InvalidAMIID.NotFound", "The image id '[" + request.imageId() + "]' does not exist");
        }
        images.remove(image.imageId());
        DeregisterImageResponse.Builder answer =
                DeregisterImageResponse.builder().returnValue(true);
        if (Boolean.TRUE.equals(request.deleteAssociatedSnapshots())) {
            snapshotResult.ifPresent(code -> answer.deleteSnapshotResults(image.blockDeviceMappings().stream()
                    .map(disk -> endOf(disk.ebs().snapshotId(), code))
                    .toList()));
        }
        faults.afterCommit("DeregisterImage");
        return answer.build();
    }

    private DeleteSnapshotReturnCode endOf(String snapshotId, String code) {
        String result = usersOf(snapshotId).findAny().isPresent() ? "skipped" : code;
        if (result.equals("success")) {
            snapshots.remove(snapshotId);
        }
        return DeleteSnapshotReturnCode.builder()
                .snapshotId(snapshotId)
                .returnCode(SnapshotReturnCodes.fromValue(result))
                .build();
    }

    private Stream<Image> usersOf(String snapshotId) {
        return images.values().stream()
                .filter(image -> !image.stateAsString().equals("deregistered"))
                .filter(image -> image.blockDeviceMappings().stream()
                        .anyMatch(disk -> disk.ebs().snapshotId().equals(snapshotId)));
    }

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
        String id = request.snapshotId();
        faults.before("DeleteSnapshot", List.of(id));
        if (!snapshots.containsKey(id)) {
            throw Faults.error("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
        }
        if (stuckSnapshots.contains(id) || usersOf(id).findAny().isPresent()) {
            throw Faults.error("InvalidSnapshot.InUse", "The snapshot " + id + " is currently in use by ami-0");
        }
        snapshots.remove(id);
        faults.afterCommit("DeleteSnapshot");
        return DeleteSnapshotResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "ec2";
    }

    @Override
    public void close() {}
}
