package org.amibakery.lambdas.orphans;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Describes the account's own resources of one region by filters, page by page. */
final class Descriptions {
    /** EC2 takes at most 200 values in all filters of a call. */
    static final int IDS_A_LOOK = 100;

    private static final int PAGE = 1_000;

    private final Ec2Client ec2;

    Descriptions(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** Returns those of a kind that match all filters; EC2 knows no order. */
    List<Described> find(ResourceKind kind, Filter... filters) {
        return switch (kind) {
            case INSTANCE -> instances(filters).toList();
            case VOLUME -> volumes(filters).toList();
            case NETWORK_INTERFACE -> cards(filters).toList();
            case IMAGE -> images(filters).toList();
            case SNAPSHOT -> snapshots(filters).toList();
        };
    }

    /** Returns the resource as it is now, whatever its tags and state; nothing when EC2 does not know it. */
    Optional<Described> find(ResourceKind kind, String id) {
        return find(kind, filter(idFilter(kind), id)).stream()
                .filter(found -> found.id().equals(id))
                .findFirst();
    }

    static Filter filter(String name, String value) {
        return filter(name, List.of(value));
    }

    static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static String idFilter(ResourceKind kind) {
        return switch (kind) {
            case INSTANCE -> "instance-id";
            case VOLUME -> "volume-id";
            case NETWORK_INTERFACE -> "network-interface-id";
            case IMAGE -> "image-id";
            case SNAPSHOT -> "snapshot-id";
        };
    }

    private Stream<Described> instances(Filter... filters) {
        return ec2.describeInstancesPaginator(ask -> ask.filters(filters).maxResults(PAGE)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Descriptions::instance);
    }

    private static Described instance(Instance instance) {
        return new Described(
                ResourceKind.INSTANCE,
                instance.instanceId(),
                instance.state().nameAsString(),
                instance.tags(),
                Optional.ofNullable(instance.launchTime()),
                List.of());
    }

    private Stream<Described> volumes(Filter... filters) {
        return ec2.describeVolumesPaginator(ask -> ask.filters(filters).maxResults(PAGE)).volumes().stream()
                .map(Descriptions::volume);
    }

    private static Described volume(Volume volume) {
        return new Described(
                ResourceKind.VOLUME,
                volume.volumeId(),
                volume.stateAsString(),
                volume.tags(),
                Optional.ofNullable(volume.createTime()),
                List.of());
    }

    private Stream<Described> cards(Filter... filters) {
        return ec2
                .describeNetworkInterfacesPaginator(ask -> ask.filters(filters).maxResults(PAGE))
                .networkInterfaces()
                .stream()
                .map(Descriptions::card);
    }

    private static Described card(NetworkInterface card) {
        return new Described(
                ResourceKind.NETWORK_INTERFACE,
                card.networkInterfaceId(),
                card.statusAsString(),
                card.tagSet(),
                Optional.empty(),
                List.of());
    }

    private Stream<Described> images(Filter... filters) {
        return ec2
                .describeImagesPaginator(ask -> ask.owners("self")
                        .includeDeprecated(true)
                        .includeDisabled(true)
                        .filters(filters)
                        .maxResults(PAGE))
                .images()
                .stream()
                .map(Descriptions::image);
    }

    private static Described image(Image image) {
        return new Described(
                ResourceKind.IMAGE,
                image.imageId(),
                image.stateAsString(),
                image.tags(),
                Stream.ofNullable(image.creationDate())
                        .flatMap(Descriptions::instant)
                        .findFirst(),
                snapshotsOf(image));
    }

    private static List<String> snapshotsOf(Image image) {
        return image.blockDeviceMappings().stream()
                .flatMap(mapping -> Stream.ofNullable(mapping.ebs()))
                .map(EbsBlockDevice::snapshotId)
                .filter(id -> id != null && !id.isEmpty())
                .distinct()
                .toList();
    }

    private static Stream<Instant> instant(String text) {
        try {
            return Stream.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) { // it is only told, never decided by
            return Stream.empty();
        }
    }

    private Stream<Described> snapshots(Filter... filters) {
        return ec2
                .describeSnapshotsPaginator(
                        ask -> ask.ownerIds("self").filters(filters).maxResults(PAGE))
                .snapshots()
                .stream()
                .map(Descriptions::snapshot);
    }

    private static Described snapshot(Snapshot snapshot) {
        return new Described(
                ResourceKind.SNAPSHOT,
                snapshot.snapshotId(),
                snapshot.stateAsString(),
                snapshot.tags(),
                Optional.ofNullable(snapshot.startTime()),
                List.of());
    }
}
