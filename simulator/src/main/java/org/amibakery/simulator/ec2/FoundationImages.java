package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.PlatformFamily;

/**
 * Fills a region with the public images of Amazon, Canonical and Debian. Each family also has what a careless look-up
 * falls for: a deprecated image, one that is still pending, and, newest of all, a stranger's look-alike (packer#6584).
 */
final class FoundationImages {
    static final String AMAZON = "137112412989";
    static final String CANONICAL = "099720109477";
    static final String DEBIAN = "136693071363";
    static final String STRANGER = "666666666666";

    private static final int ROOT_GIB = 8;
    private static final Duration DEPRECATED_AFTER = Duration.ofDays(90);
    private static final List<Integer> AGES_IN_DAYS = List.of(5, 19, 33, 61, 120);
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final RegionImages images;
    private final String region;
    private final long seed;

    FoundationImages(RegionImages images, String region, long seed) {
        this.images = images;
        this.region = region;
        this.seed = seed;
    }

    private interface Naming {
        String name(String day, String architecture);
    }

    void publishAll(Instant now) {
        publishFamily(
                now,
                AMAZON,
                PlatformFamily.AMAZON_LINUX,
                (day, architecture) -> "al2023-ami-2023.9." + day + ".0-kernel-6.1-" + architecture);
        publishFamily(
                now,
                CANONICAL,
                PlatformFamily.UBUNTU,
                (day, architecture) ->
                        "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-" + debianName(architecture) + "-server-" + day);
        publishFamily(
                now,
                DEBIAN,
                PlatformFamily.DEBIAN,
                (day, architecture) -> "debian-12-" + debianName(architecture) + "-" + day + "-2257");
    }

    /** Publishes one image, available at once. */
    StoredImage publish(FoundationImage image) {
        return publish(image, new Timeline(image.createdAt(), "available"));
    }

    private void publishFamily(Instant now, String owner, PlatformFamily family, Naming naming) {
        for (String architecture : List.of("x86_64", "arm64")) {
            for (int age : AGES_IN_DAYS) {
                Instant created = daysBefore(now, age);
                StoredImage image = publish(new FoundationImage(
                        naming.name(DAY.format(created), architecture), owner, architecture, family, created));
                image.deprecateAt(created.plus(DEPRECATED_AFTER));
            }
            Instant today = daysBefore(now, 1);
            String name = naming.name(DAY.format(today), architecture);
            publish(new FoundationImage(name, owner, architecture, family, today), new Timeline(today, "pending"));
            Instant tonight = now.minus(Duration.ofHours(3));
            publish(new FoundationImage(
                    naming.name(DAY.format(tonight), architecture), STRANGER, architecture, family, tonight));
        }
    }

    private StoredImage publish(FoundationImage published, Timeline life) {
        Place home = new Place(published.ownerId(), region);
        Ids ids = new Ids(
                seed + published.name().hashCode() + published.createdAt().getEpochSecond(), home);
        StoredImage.Identity identity = new StoredImage.Identity(
                ids.next("ami"),
                published.name(),
                home,
                published.createdAt(),
                published.createdAt(),
                Ec2Resource.Origin.SEEDED,
                published.ownerId().equals(AMAZON) ? Optional.of("amazon") : Optional.empty(),
                published.architecture(),
                published.family());
        StoredSnapshot snapshot = snapshot(ids, identity);
        StoredImage image = new StoredImage(
                identity,
                StoredImage.Source.NONE,
                List.of(root(published.family()).withSnapshot(snapshot.id())),
                published.name(),
                life,
                Duration.ofSeconds(30));
        image.launchGroups().add(StoredImage.EVERYBODY);
        images.add(snapshot);
        images.add(image);
        return image;
    }

    private static StoredSnapshot snapshot(Ids ids, StoredImage.Identity image) {
        StoredSnapshot.Identity identity = new StoredSnapshot.Identity(
                ids.next("snap"),
                image.place(),
                image.createdAt(),
                Ec2Resource.Origin.SEEDED,
                image.id(),
                "vol-ffffffff",
                image.name());
        return new StoredSnapshot(identity, root(image.family()), new Timeline(image.createdAt(), "completed"));
    }

    static DeviceSpec root(PlatformFamily family) {
        String device = family == PlatformFamily.UBUNTU ? "/dev/sda1" : "/dev/xvda";
        return new DeviceSpec(device, Optional.empty(), ROOT_GIB, "gp3", false, true);
    }

    private static String debianName(String architecture) {
        return architecture.equals("x86_64") ? "amd64" : architecture;
    }

    /** Counts in whole days, so that the ids of a seed are the same all day. */
    private static Instant daysBefore(Instant now, int days) {
        return now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .minusDays(days)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
