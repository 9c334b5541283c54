package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amibakery.simulator.world.ImageView;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.PlatformFamily;
import org.amibakery.simulator.world.ResourceKind;

/** One image (AMI), of whichever owner, in one region. */
final class StoredImage extends Ec2Resource {
    /** The group that stands for everybody. */
    static final String EVERYBODY = "all";

    /** What identifies an image and never changes. */
    record Identity(
            String id,
            String name,
            Place place,
            Instant createdAt,
            Instant visibleFrom,
            Origin origin,
            Optional<String> ownerAlias,
            String architecture,
            PlatformFamily family) {}

    /** What an image was made from, each part empty where it does not apply. */
    record Source(String instanceId, String imageId, String region) {
        static final Source NONE = new Source("", "", "");
    }

    private final Identity identity;
    private final Source source;
    private final List<DeviceSpec> devices;
    private final Timeline timeline;
    private final Duration deregisteredLinger;
    private final Set<String> launchUsers = new LinkedHashSet<>();
    private final Set<String> launchGroups = new LinkedHashSet<>();
    private final Set<String> launchOrganizations = new LinkedHashSet<>();
    private final Protection protection = new Protection();
    private String description;
    private Optional<Instant> deprecatedAt = Optional.empty();
    private Optional<Instant> lastLaunch = Optional.empty();
    private Optional<String> imdsSupport = Optional.empty();

    StoredImage(
            Identity identity,
            Source source,
            List<DeviceSpec> devices,
            String description,
            Timeline timeline,
            Duration linger) {
        super(identity.id(), identity.place(), identity.createdAt(), identity.visibleFrom(), identity.origin());
        this.identity = identity;
        this.source = source;
        this.devices = List.copyOf(devices);
        this.description = description;
        this.timeline = timeline;
        this.deregisteredLinger = linger;
    }

    @Override
    ResourceKind kind() {
        return ResourceKind.IMAGE;
    }

    @Override
    String type() {
        return "image";
    }

    @Override
    String name() {
        return identity.name();
    }

    @Override
    String stateAt(Instant now) {
        return timeline.stateAt(now);
    }

    @Override
    boolean existsAt(Instant now) {
        return timeline.entering("deregistered")
                .map(end -> now.isBefore(end.plus(deregisteredLinger)))
                .orElse(true);
    }

    @Override
    boolean isGoneAt(Instant now) {
        return timeline.isAt(now, "deregistered");
    }

    @Override
    Optional<Instant> endedAt() {
        return timeline.entering("deregistered");
    }

    @Override
    String madeFrom() {
        return source.instanceId().isEmpty() ? source.imageId() : source.instanceId();
    }

    /** Fails an image that still reads its instance's volumes. */
    void instanceEnds(Instant now) {
        if (timeline.isAt(now, "pending")) {
            timeline.enter(
                    now, "failed", "Client.InstanceTerminated", "Client.InstanceTerminated: Instance terminated");
        }
    }

    /** Fails it from an instant on, with a reason that begins with a code. */
    void fails(Instant at, String reason) {
        String code = reason.contains(":") ? reason.substring(0, reason.indexOf(':')) : reason;
        timeline.enter(at, "failed", code, reason);
    }

    ImageView view() {
        return new ImageView(identity.id(), identity.name(), identity.family(), identity.architecture());
    }

    void deregister(Instant now) {
        timeline.enter(now, "deregistered");
    }

    /** Takes the image out of use; every launch permission is lost, as on AWS. */
    void disable(Instant now) {
        timeline.enter(now, "disabled");
        launchUsers.clear();
        launchGroups.clear();
        launchOrganizations.clear();
    }

    void enable(Instant now) {
        timeline.enter(now, "available");
    }

    boolean isSharedWith(String account) {
        return owner().equals(account) || launchGroups.contains(EVERYBODY) || launchUsers.contains(account);
    }

    boolean isPublic() {
        return launchGroups.contains(EVERYBODY);
    }

    boolean uses(String snapshotId) {
        return devices.stream().anyMatch(device -> device.snapshotId().equals(Optional.of(snapshotId)));
    }

    boolean isDeprecatedAt(Instant now) {
        return deprecatedAt.map(moment -> !moment.isAfter(now)).orElse(false);
    }

    void deprecateAt(Instant moment) {
        deprecatedAt = Optional.of(moment);
    }

    void cancelDeprecation() {
        deprecatedAt = Optional.empty();
    }

    void launched(Instant now) {
        lastLaunch = Optional.of(now);
    }

    void describe(String newDescription) {
        description = newDescription;
    }

    void requireImds(String version) {
        imdsSupport = Optional.of(version);
    }

    /** The metadata service its instances are held to; copies inherit it. */
    Optional<String> imdsSupport() {
        return imdsSupport;
    }

    Identity identity() {
        return identity;
    }

    Source source() {
        return source;
    }

    PlatformFamily family() {
        return identity.family();
    }

    String architecture() {
        return identity.architecture();
    }

    String description() {
        return description;
    }

    List<DeviceSpec> devices() {
        return devices;
    }

    List<String> snapshotIds() {
        return devices.stream().flatMap(device -> device.snapshotId().stream()).toList();
    }

    Timeline timeline() {
        return timeline;
    }

    Set<String> launchUsers() {
        return launchUsers;
    }

    Set<String> launchGroups() {
        return launchGroups;
    }

    Set<String> launchOrganizations() {
        return launchOrganizations;
    }

    Protection protection() {
        return protection;
    }

    Optional<Instant> deprecatedAt() {
        return deprecatedAt;
    }

    Optional<Instant> lastLaunch() {
        return lastLaunch;
    }
}
