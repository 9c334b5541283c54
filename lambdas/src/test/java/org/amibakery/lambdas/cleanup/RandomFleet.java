package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.disk;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.AnImage.snapshotOf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.amibakery.lambdas.FakeFleet;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * A random region and what is asked of it: images with their owners, tags, states and users, left-over snapshots, and a
 * request. The same seed gives the same fleet.
 *
 * @param images most of them of the family, some foreign, untagged, of another stack, family or region's bake
 * @param leftovers snapshots whose images are gone, and some that only look like it
 * @param uses what uses the images at first
 */
record RandomFleet(
        long seed, CleanUpImagesRequest request, List<Image> images, List<Snapshot> leftovers, List<Use> uses) {
    private static final String[] STATES = {
        "disabled", "disabled", "failed", "error", "invalid", "pending", "deregistered"
    };
    private static final String[] USES = {
        "stopped", "running", "terminated", "latest", "default", "old version", "parameter", "recipe", "shared"
    };
    private static final String[] DISABLED_AT = {"2026-05-20T00:00:00Z", "2026-05-31T12:00:00Z", "2026-06-05T00:00:00Z"
    };

    /** Something that may need an image, by the words of {@link #add}. */
    record Use(String imageId, String kind, Instant launched) {
        boolean pins() {
            return switch (kind) {
                case "stopped", "running", "latest", "default", "parameter", "recipe" -> true;
                default -> false; // a dead instance, an old version; what is shared depends on the time
            };
        }

        void add(FakeFleet world) {
            switch (kind) {
                case "stopped", "running", "terminated" -> world.users().instance(imageId, kind);
                case "latest" -> world.users().launchTemplate(1, "ami-none", imageId);
                case "default" -> world.users().launchTemplate(2, "ami-none", imageId, "ami-none");
                case "old version" -> world.users().launchTemplate(1, "ami-none", imageId, "ami-none");
                case "parameter" -> world.users().parameter(imageId);
                case "recipe" -> world.users().other(imageId, "imagebuilder:ImageRecipe", "arn:recipe");
                case "shared" -> world.hasSharedAndLaunched(imageId, launched);
                default -> throw new IllegalArgumentException(kind);
            }
        }
    }

    static RandomFleet of(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        CleanUpImagesRequest request = request(dice);
        List<Image> images = new ArrayList<>();
        List<Use> uses = new ArrayList<>();
        int count = dice.nextInt(12);
        for (int number = 0; number < count; number++) {
            images.add(image(dice, "ami-" + number, request));
            if (rarely(dice, 4)) {
                uses.add(use(dice, "ami-" + number));
            }
        }
        List<Snapshot> leftovers = new ArrayList<>();
        for (int number = dice.nextInt(3); number > 0; number--) {
            leftovers.add(leftover(dice, "snap-left-" + number));
        }
        return new RandomFleet(seed, request, images, leftovers, uses);
    }

    /** Makes the region. */
    FakeFleet make() {
        FakeFleet world = new FakeFleet(seed);
        world.answersInPages(1 + (int) Math.floorMod(seed, 8L));
        images.forEach(world::hasBaked);
        leftovers.forEach(world::has);
        uses.forEach(use -> use.add(world));
        if (seed % 8 == 0) {
            world.users().referencesOverlookInstances();
        }
        return world;
    }

    /** The same fleet without one of its images, to find the smallest one that shows a defect. */
    RandomFleet without(int number) {
        List<Image> fewer = new ArrayList<>(images);
        fewer.remove(number);
        return new RandomFleet(seed, request, fewer, leftovers, uses);
    }

    private static CleanUpImagesRequest request(SplittableRandom dice) {
        return new CleanUpImagesRequest(
                "bakery",
                "web",
                "eu-west-1",
                Duration.ofDays(dice.nextInt(40)),
                1 + (rarely(dice, 3) ? dice.nextInt(4) : 0),
                1 + dice.nextInt(8),
                CleanUpMode.DELETE,
                Optional.empty(),
                grace(dice),
                grace(dice),
                Optional.of(oneOf(dice, "eu-west-1", "us-east-1")).filter(any -> dice.nextInt(3) == 0));
    }

    private static Optional<Duration> grace(SplittableRandom dice) {
        return dice.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofHours(dice.nextInt(14 * 24)));
    }

    private static Image image(SplittableRandom dice, String id, CleanUpImagesRequest request) {
        boolean foreign = rarely(dice, 12);
        Image.Builder image = ownImage(id, 0)
                .creationDate(createdAt(dice, request).toString())
                .ownerId(foreign ? FakeFleet.AMAZON : FakeFleet.OURSELVES)
                .state(rarely(dice, 3) ? oneOf(dice, STATES) : "available")
                .deregistrationProtection(rarely(dice, 15) ? "enabled-with-cooldown" : "disabled")
                .tags(tags(dice, request));
        if (rarely(dice, 4)) {
            image.deprecationTime(
                    NOW.plus(Duration.ofHours(dice.nextInt(-480, 240))).toString());
        }
        if (rarely(dice, 8) && !foreign) { // nobody else can use our snapshot
            image.blockDeviceMappings(disk(snapshotOf(id)), disk("snap-shared"));
        }
        return image.build();
    }

    /** Up to 60 days ago, and often as old as the limit to the millisecond. */
    private static Instant createdAt(SplittableRandom dice, CleanUpImagesRequest request) {
        return rarely(dice, 6)
                ? NOW.minus(request.olderThan()).plusMillis(dice.nextInt(-1, 2))
                : NOW.minus(Duration.ofHours(dice.nextInt(60 * 24)));
    }

    private static List<Tag> tags(SplittableRandom dice, CleanUpImagesRequest request) {
        List<Tag> tags = new ArrayList<>();
        add(tags, "ami-bakery:stack", rarely(dice, 15) ? oneOf(dice, "other", "") : "bakery");
        add(tags, "ami-bakery:recipe", rarely(dice, 15) ? oneOf(dice, "db", "") : "web");
        add(tags, "ami-bakery:state", rarely(dice, 5) ? oneOf(dice, "failed", "failed", "baking", "odd", "") : "good");
        String home = "bake/web/" + request.bakedIn().orElse("eu-west-1");
        add(tags, "ami-bakery:bake", rarely(dice, 3) ? oneOf(dice, "bake/web/ap-south-1", "by-hand", "") : home);
        if (rarely(dice, 6)) {
            add(tags, "ami-bakery:disabled-at", rarely(dice, 4) ? "soon" : oneOf(dice, DISABLED_AT));
        }
        return tags;
    }

    private static Use use(SplittableRandom dice, String imageId) {
        return new Use(imageId, oneOf(dice, USES), NOW.minus(Duration.ofHours(dice.nextInt(50 * 24))));
    }

    private static Snapshot leftover(SplittableRandom dice, String id) {
        List<Tag> tags = new ArrayList<>();
        add(tags, "ami-bakery:stack", rarely(dice, 6) ? "other" : "bakery");
        add(tags, "ami-bakery:recipe", rarely(dice, 6) ? "db" : "web");
        add(tags, "ami-bakery:bake", rarely(dice, 3) ? "bake/web/us-east-1" : "");
        add(tags, "ami-bakery:image", rarely(dice, 6) ? "ami-0" : "");
        return Snapshot.builder()
                .snapshotId(id)
                .ownerId(rarely(dice, 8) ? FakeFleet.AMAZON : FakeFleet.OURSELVES)
                .startTime(NOW.minus(Duration.ofHours(dice.nextInt(60 * 24))))
                .description(rarely(dice, 6) ? "nightly backup" : "Created by CreateImage(i-1) for ami-gone")
                .tags(tags)
                .build();
    }

    private static void add(List<Tag> tags, String key, String value) {
        if (!value.isEmpty()) {
            tags.add(Tag.builder().key(key).value(value).build());
        }
    }

    static boolean rarely(SplittableRandom dice, int oneIn) {
        return dice.nextInt(oneIn) == 0;
    }

    static String oneOf(SplittableRandom dice, String... values) {
        return values[dice.nextInt(values.length)];
    }
}
