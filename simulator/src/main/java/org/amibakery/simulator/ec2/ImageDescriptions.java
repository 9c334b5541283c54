package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;

/** Describes images and snapshots, in an order that means nothing. */
final class ImageDescriptions {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final List<String> ALIASES = List.of("amazon", "aws-marketplace", "aws-backup-vault");

    private final Ec2Place here;
    private final ImageAccess access;
    private final SnapshotAccess snapshots;
    private final ImageModels models;

    ImageDescriptions(Ec2Place here, ImageModels models) {
        this.here = here;
        this.access = new ImageAccess(here);
        this.snapshots = new SnapshotAccess(here);
        this.models = models;
    }

    DescribeImagesResponse describe(DescribeImagesRequest request) {
        Instant now = here.now();
        refuseDisabledUnasked(request);
        request.imageIds().forEach(this::requireVisible);
        Predicate<StoredImage> wanted = imageFilters(now)
                .parse(request.filters())
                .and(image -> image.isVisibleAt(now) && image.isSharedWith(here.account()))
                .and(image -> request.imageIds().isEmpty() || request.imageIds().contains(image.id()))
                .and(owners(request.owners()))
                .and(executableBy(request.executableUsers()))
                .and(image -> showsDeprecated(request, image, now))
                .and(image -> Boolean.TRUE.equals(request.includeDisabled())
                        || !image.timeline().isAt(now, "disabled"));
        Pages.Request page = new Pages.Request(request.maxResults(), request.nextToken()).within(1, 1_000);
        Pages.Page<StoredImage> found =
                here.pages().page(here.images().images().stream().filter(wanted).toList(), StoredImage::id, page);
        return DescribeImagesResponse.builder()
                .images(found.items().stream().map(models::model).toList())
                .nextToken(found.nextToken())
                .build();
    }

    DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
        Instant now = here.now();
        request.snapshotIds().forEach(snapshots::get);
        Predicate<StoredSnapshot> wanted = snapshotFilters(now)
                .parse(request.filters())
                .and(snapshot -> snapshot.isVisibleAt(now) && snapshots.isReadable(snapshot))
                .and(snapshot ->
                        request.snapshotIds().isEmpty() || request.snapshotIds().contains(snapshot.id()))
                .and(snapshot -> request.ownerIds().isEmpty()
                        || request.ownerIds().stream().anyMatch(owner -> owns(owner, snapshot)));
        Pages.Request page = new Pages.Request(request.maxResults(), request.nextToken()).within(5, 1_000);
        Pages.Page<StoredSnapshot> found = here.pages()
                .page(here.images().snapshots().stream().filter(wanted).toList(), StoredSnapshot::id, page);
        return DescribeSnapshotsResponse.builder()
                .snapshots(found.items().stream().map(models::model).toList())
                .nextToken(found.nextToken())
                .build();
    }

    /** EC2 takes a filter on what it would leave out for a slip (steampipe-plugin-aws#2276 shows its words). */
    private static void refuseDisabledUnasked(DescribeImagesRequest request) {
        boolean filtered = request.filters().stream()
                .anyMatch(filter ->
                        "state".equals(filter.name()) && filter.values().contains("disabled"));
        if (filtered && !Boolean.TRUE.equals(request.includeDisabled())) {
            throw refused(
                    "InvalidParameter",
                    "When filtering by the 'disabled' state, 'IncludeDisabled' must be set to 'true' in the request.");
        }
    }

    /** Once a deregistered image has gone, its id gives an empty result, and an error when no instance needs it. */
    private void requireVisible(String id) {
        StoredImage image = access.get(id);
        boolean needed = here.instances().values().stream()
                .anyMatch(instance -> instance.launch().image() == image && !instance.isGoneAt(here.now()));
        if (!image.isVisibleAt(here.now()) && !needed) {
            throw ImageAccess.notFound(id);
        }
    }

    /** Deprecated images show to their owner, by id, or when asked for (DescribeImages IncludeDeprecated). */
    private boolean showsDeprecated(DescribeImagesRequest request, StoredImage image, Instant now) {
        return !image.isDeprecatedAt(now)
                || Boolean.TRUE.equals(request.includeDeprecated())
                || image.owner().equals(here.account())
                || request.imageIds().contains(image.id());
    }

    private Predicate<StoredImage> owners(List<String> owners) {
        owners.forEach(ImageDescriptions::checkOwner);
        return image -> owners.isEmpty()
                || owners.stream()
                        .anyMatch(owner -> owner.equals(image.owner())
                                || image.identity()
                                        .ownerAlias()
                                        .filter(owner::equals)
                                        .isPresent()
                                || (owner.equals("self") && image.owner().equals(here.account())));
    }

    private static void checkOwner(String owner) {
        if (!owner.equals("self")
                && !ALIASES.contains(owner)
                && !ACCOUNT.matcher(owner).matches()) {
            throw refused("InvalidUserID.Malformed", "Invalid user id: \"" + owner + "\"");
        }
    }

    private Predicate<StoredImage> executableBy(List<String> users) {
        return image -> users.isEmpty()
                || users.stream().anyMatch(user -> switch (user) {
                    case "all" -> image.isPublic();
                    case "self" -> image.launchUsers().contains(here.account());
                    default -> image.launchUsers().contains(user);
                });
    }

    private boolean owns(String owner, StoredSnapshot snapshot) {
        return switch (owner) {
            case "self" -> snapshot.owner().equals(here.account());
            case "amazon" -> snapshot.owner().equals(FoundationImages.AMAZON);
            default -> snapshot.owner().equals(owner);
        };
    }

    private Filters<StoredImage> imageFilters(Instant now) {
        return new Filters<StoredImage>()
                .onTags(image ->
                        image.owner().equals(here.account()) ? image.tags().at(now) : Map.of())
                .on("image-id", StoredImage::id)
                .on("name", StoredImage::name)
                .on("architecture", StoredImage::architecture)
                .on("state", image -> image.stateAt(now))
                .on("owner-id", StoredImage::owner)
                .onAny("owner-alias", image -> image.identity().ownerAlias().stream()
                        .toList())
                .on("description", StoredImage::description)
                .on("is-public", image -> String.valueOf(image.isPublic()))
                .on("creation-date", image -> ImageModels.time(image.createdAt()))
                .on("image-type", image -> "machine")
                .on("hypervisor", image -> "xen")
                .on("virtualization-type", image -> "hvm")
                .on("root-device-type", image -> "ebs")
                .on("root-device-name", image -> InstanceModels.rootDevice(image.devices()))
                .on("ena-support", image -> "true")
                .on("source-instance-id", image -> image.source().instanceId())
                .on("source-image-id", image -> image.source().imageId())
                .on("state-reason-code", image -> image.timeline().at(now).reasonCode())
                .onAny("platform", image -> List.of())
                .onAny("block-device-mapping.snapshot-id", StoredImage::snapshotIds)
                .onAny("block-device-mapping.device-name", image -> image.devices().stream()
                        .map(DeviceSpec::deviceName)
                        .toList())
                .onAny("block-device-mapping.volume-type", image -> image.devices().stream()
                        .map(DeviceSpec::volumeType)
                        .toList())
                .onAny("block-device-mapping.encrypted", image -> image.devices().stream()
                        .map(device -> String.valueOf(device.encrypted()))
                        .toList());
    }

    private static Filters<StoredSnapshot> snapshotFilters(Instant now) {
        return Filters.<StoredSnapshot>ofTagged(now)
                .on("snapshot-id", StoredSnapshot::id)
                .on("volume-id", StoredSnapshot::volumeId)
                .on("volume-size", snapshot -> String.valueOf(snapshot.sizeGiB()))
                .on("status", snapshot -> snapshot.stateAt(now))
                .on("progress", snapshot -> ImageModels.progress(snapshot, now))
                .on("owner-id", StoredSnapshot::owner)
                .on("description", StoredSnapshot::description)
                .on("encrypted", snapshot -> String.valueOf(snapshot.isEncrypted()))
                .on("start-time", snapshot -> ImageModels.time(snapshot.createdAt()));
    }
}
