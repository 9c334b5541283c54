package org.amibakery.lambdas.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.amibakery.lambdas.FakeFleet;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Says what a run may do to a region, by rules told apart from the code under test, and compares the region before the run
 * with the one after it.
 *
 * <p>Judges millions of images, so it throws by itself instead of by AssertJ.
 */
final class RetentionJudge {
    private static final Duration MINUTES_AHEAD = Duration.ofMinutes(2);

    private final CleanUpImagesRequest request;
    private final Instant now;
    private final Set<String> pinned;
    private final FakeFleet world;
    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, Instant> createdAt = new HashMap<>();

    /** Looks at the region before a run; pinned is what something uses, or of which that cannot be found out. */
    RetentionJudge(CleanUpImagesRequest request, Instant now, Set<String> pinned, FakeFleet world) {
        this.request = request;
        this.now = now;
        this.pinned = pinned;
        this.world = world;
        world.images().forEach(image -> images.put(image.imageId(), image));
        world.snapshots().forEach(snapshot -> snapshots.put(snapshot.snapshotId(), snapshot));
    }

    /** Throws if the run did anything that it may not, and returns how many images and snapshots it changed. */
    int judge() {
        int changes = 0;
        for (Image was : images.values()) {
            Image is = world.image(was.imageId());
            if (!was.equals(is)) {
                changes++;
                require(mayGo(was), "was touched", was);
                if (is == null) {
                    require(mayBeDeleted(was), "was deleted before its time", was);
                } else {
                    judgeWithdrawal(was, is);
                }
            }
        }
        require(world.images().size() <= images.size(), "appeared", world.imageIds());
        return changes + judgeSnapshots();
    }

    /** Throws if anything is left that should have gone by now, after all graces have passed. */
    void judgeRest() {
        for (Image image : images.values()) {
            boolean wanted = tag(image, "ami-bakery:disabled-at").isPresent()
                    && (isAvailable(image) || disabledAt(image).isEmpty());
            require(!mayGo(image) || wanted, "should have gone", image);
        }
        require(leftovers().isEmpty(), "are left over", leftovers());
    }

    /** Returns the snapshots that are left whose image is gone. */
    List<String> leftovers() {
        return snapshots.values().stream()
                .filter(this::isLeftover)
                .map(Snapshot::snapshotId)
                .toList();
    }

    private void judgeWithdrawal(Image was, Image is) {
        boolean dated = !tag(was, "ami-bakery:disabled-at").equals(tag(is, "ami-bakery:disabled-at"));
        boolean deprecated = !Objects.equals(was.deprecationTime(), is.deprecationTime());
        boolean disabled = isAvailable(was) && is.stateAsString().equals("disabled");
        require(
                was.toBuilder()
                        .state(is.stateAsString())
                        .deprecationTime(is.deprecationTime())
                        .tags(is.tags())
                        .build()
                        .equals(is),
                "was changed in other ways",
                is);
        require(dated || deprecated || disabled, "was changed in no way known", is);
        require(tag(was, "ami-bakery:disabled-at").isEmpty() || !dated, "was dated twice", was);
        if (deprecated) {
            Instant at = Instant.parse(is.deprecationTime());
            require(!disabled && !dated, "took two steps at once", is);
            require(isAvailable(was) && request.deprecateFor().isPresent(), "was not to be deprecated", was);
            require(deprecation(was).isEmpty(), "was deprecated already", was);
            require(at.isAfter(now) && !at.isAfter(now.plus(MINUTES_AHEAD)), "is not deprecated at once", is);
        } else {
            require(request.disableFor().isPresent(), "was not to be disabled", was);
            require(is.stateAsString().equals("disabled"), "is dated and not disabled", is);
            require(!disabled || wasDeprecatedLongEnough(was), "was disabled before its time", was);
        }
    }

    private int judgeSnapshots() {
        int leftovers = 0;
        Set<String> left = world.snapshotIds();
        for (Snapshot was : snapshots.values()) {
            if (left.contains(was.snapshotId())) {
                continue;
            }
            require(world.usersOf(was.snapshotId()).findAny().isEmpty(), "was taken from an image", was);
            boolean went = images.values().stream()
                    .anyMatch(image -> world.image(image.imageId()) == null
                            && image.blockDeviceMappings().stream()
                                    .anyMatch(disk -> disk.ebs().snapshotId().equals(was.snapshotId())));
            if (!went) {
                leftovers++;
                require(isLeftover(was), "is no left-over", was);
            }
        }
        return leftovers;
    }

    /** Tells whether its image is gone by now: a continued run takes what its own first part left. */
    private boolean isLeftover(Snapshot snapshot) {
        String imageId = value(snapshot.tags(), "ami-bakery:image")
                .or(() -> Optional.of(snapshot.description())
                        .filter(description -> description.contains(" for ami-"))
                        .map(description -> description.substring(description.indexOf("ami-"))))
                .orElse("");
        return !imageId.isEmpty()
                && snapshot.ownerId().equals(FakeFleet.OURSELVES)
                && isOfFamily(snapshot.tags())
                && !snapshot.startTime().isAfter(now.minus(request.olderThan()))
                && !exists(world.image(imageId))
                && world.usersOf(snapshot.snapshotId()).findAny().isEmpty();
    }

    private boolean mayGo(Image image) {
        String state = tag(image, "ami-bakery:state").orElse("");
        return image.ownerId().equals(FakeFleet.OURSELVES)
                && isOfFamily(image.tags())
                && Set.of("available", "disabled", "failed", "error", "invalid").contains(image.stateAsString())
                && !createdAt(image).plus(request.olderThan()).isAfter(now)
                && image.deregistrationProtection().equals("disabled")
                && !pinned.contains(image.imageId())
                && (state.equals("failed") || (state.equals("good") && newerGood(image) >= request.keepAtLeast()));
    }

    private long newerGood(Image image) {
        return images.values().stream()
                .filter(other -> other.ownerId().equals(FakeFleet.OURSELVES) && isOfFamily(other.tags()))
                .filter(other -> tag(other, "ami-bakery:state").equals(Optional.of("good")) && isAvailable(other))
                .filter(other -> isNewer(other, image))
                .count();
    }

    private boolean isNewer(Image other, Image image) {
        int byDate = createdAt(other).compareTo(createdAt(image));
        return byDate > 0 || (byDate == 0 && other.imageId().compareTo(image.imageId()) > 0);
    }

    private boolean isOfFamily(List<Tag> tags) {
        String home = request.bakedIn().orElse(request.region());
        String bake = value(tags, "ami-bakery:bake").orElse("");
        boolean bakedAsAsked =
                bake.startsWith("bake/web/") ? bake.equals("bake/web/" + home) : home.equals("eu-west-1");
        return value(tags, "ami-bakery:stack").equals(Optional.of("bakery"))
                && value(tags, "ami-bakery:recipe").equals(Optional.of("web"))
                && bakedAsAsked;
    }

    private boolean mayBeDeleted(Image image) {
        return switch (image.stateAsString()) {
            case "available" -> request.disableFor().isEmpty() && wasDeprecatedLongEnough(image);
            case "disabled" ->
                (tag(image, "ami-bakery:disabled-at").isEmpty()
                                && request.disableFor().isEmpty())
                        || disabledAt(image)
                                .filter(at -> !at.plus(request.disableFor().orElse(Duration.ZERO))
                                                .isAfter(now)
                                        || request.disableFor().isEmpty())
                                .isPresent();
            default -> true;
        };
    }

    private boolean wasDeprecatedLongEnough(Image image) {
        boolean enabledAgain = tag(image, "ami-bakery:disabled-at").isPresent();
        return !enabledAgain
                && (request.deprecateFor().isEmpty()
                        || deprecation(image)
                                .filter(at ->
                                        !at.plus(request.deprecateFor().get()).isAfter(now))
                                .isPresent());
    }

    /** A deprecation that lies minutes ahead at most. */
    private Optional<Instant> deprecation(Image image) {
        return Optional.ofNullable(image.deprecationTime())
                .map(Instant::parse)
                .filter(at -> !at.isAfter(now.plus(MINUTES_AHEAD)));
    }

    private static Optional<Instant> disabledAt(Image image) {
        return tag(image, "ami-bakery:disabled-at")
                .filter(at -> !at.equals("soon"))
                .map(Instant::parse);
    }

    private Instant createdAt(Image image) {
        return createdAt.computeIfAbsent(image.imageId(), any -> Instant.parse(image.creationDate()));
    }

    private static boolean isAvailable(Image image) {
        return image.stateAsString().equals("available");
    }

    private static boolean exists(Image image) { // nobody else's image is made of our snapshots
        return image != null
                && image.ownerId().equals(FakeFleet.OURSELVES)
                && !image.stateAsString().equals("deregistered");
    }

    private static Optional<String> tag(Image image, String key) {
        return value(image.tags(), key);
    }

    private static Optional<String> value(List<Tag> tags, String key) {
        for (Tag tag : tags) {
            if (tag.key().equals(key)) {
                return Optional.of(tag.value());
            }
        }
        return Optional.empty();
    }

    private void require(boolean holds, String complaint, Object about) {
        if (!holds) {
            throw new AssertionError(about + " " + complaint + " at " + now + " by " + request);
        }
    }
}
