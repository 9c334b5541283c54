package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Shows stored images and snapshots as EC2 describes them. */
final class ImageModels {
    /** A launch is told only after a day (Image LastLaunchedTime). */
    static final Duration LAST_LAUNCH_LAG = Duration.ofHours(24);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Ec2Place here;

    ImageModels(Ec2Place here) {
        this.here = here;
    }

    Image model(StoredImage image) {
        Instant now = here.now();
        Timeline.Phase phase = image.timeline().at(now);
        Image.Builder model = Image.builder()
                .imageId(image.id())
                .name(image.name())
                .imageLocation(image.identity().ownerAlias().orElse(image.owner()) + "/" + image.name())
                .state(phase.state())
                .stateReason(InstanceModels.reason(phase))
                .ownerId(image.owner())
                .imageOwnerAlias(image.identity().ownerAlias().orElse(null))
                .creationDate(time(image.createdAt()))
                .publicLaunchPermissions(image.isPublic())
                .architecture(image.architecture())
                .description(image.description().isEmpty() ? null : image.description())
                .sourceInstanceId(emptyAsNull(image.source().instanceId()))
                .sourceImageId(emptyAsNull(image.source().imageId()))
                .sourceImageRegion(emptyAsNull(image.source().region()))
                .deprecationTime(image.deprecatedAt().map(ImageModels::time).orElse(null))
                .imdsSupport(image.imdsSupport().orElse(null))
                .deregistrationProtection(image.protection().describeAt(now))
                .lastLaunchedTime(lastLaunch(image).orElse(null));
        if (image.owner().equals(here.account())) {
            model.tags(image.tags().modelAt(now)); // tags are the owner's own view
        }
        return addHardware(model, image).build();
    }

    private static Image.Builder addHardware(Image.Builder model, StoredImage image) {
        return model.imageType("machine")
                .platformDetails("Linux/UNIX")
                .usageOperation("RunInstances")
                .hypervisor("xen")
                .virtualizationType("hvm")
                .enaSupport(true)
                .sriovNetSupport("simple")
                .bootMode("uefi-preferred")
                .rootDeviceType("ebs")
                .rootDeviceName(InstanceModels.rootDevice(image.devices()))
                .blockDeviceMappings(
                        image.devices().stream().map(DeviceSpec::model).toList());
    }

    Snapshot model(StoredSnapshot snapshot) {
        Instant now = here.now();
        String state = snapshot.stateAt(now);
        return Snapshot.builder()
                .snapshotId(snapshot.id())
                .volumeId(snapshot.volumeId())
                .volumeSize(snapshot.sizeGiB())
                .state(state)
                .progress(progress(snapshot, now))
                .startTime(snapshot.createdAt())
                .completionTime(
                        state.equals("completed")
                                ? snapshot.timeline().entering("completed").orElse(null)
                                : null)
                .ownerId(snapshot.owner())
                .description(snapshot.description())
                .encrypted(snapshot.isEncrypted())
                .storageTier("standard")
                .tags(snapshot.owner().equals(here.account()) ? snapshot.tags().modelAt(now) : null)
                .build();
    }

    /** Tells the last launch once EC2 would. */
    Optional<String> lastLaunch(StoredImage image) {
        Instant told = here.now().minus(here.scaled(LAST_LAUNCH_LAG));
        return image.lastLaunch().filter(launch -> !launch.isAfter(told)).map(ImageModels::time);
    }

    static String progress(StoredSnapshot snapshot, Instant now) {
        Instant start = snapshot.createdAt();
        Instant end = snapshot.timeline().entering("completed").orElse(start);
        if (!now.isBefore(end)) {
            return "100%";
        }
        long share = 100
                * Duration.between(start, now).toMillis()
                / Math.max(1, Duration.between(start, end).toMillis());
        return Math.min(99, share) + "%";
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
