package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.disk;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.AnImage.tags;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.amibakery.lambdas.cleanup.CleanUpBench.planned;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amibakery.lambdas.AnImage;
import org.amibakery.lambdas.FakeFleet;
import software.amazon.awssdk.services.ec2.model.Image;

/** What holds for every fleet: random images, tags, owners, states, users, shared snapshots, faults and requests. */
class CleanUpPropertiesTest {
    private static final int TRIES = 60;

    private record Baked(int days, String owner, List<String> tags, String state, String use, boolean sharesSnapshot) {}

    private record Fleet(List<Baked> images, int seed) {
        FakeFleet make() {
            FakeFleet fleet = new FakeFleet(seed);
            for (int number = 0; number < images.size(); number++) {
                add(fleet, "ami-" + number, images.get(number));
            }
            return fleet;
        }

        private static void add(FakeFleet fleet, String id, Baked baked) {
            Image.Builder image = ownImage(id, baked.days())
                    .ownerId(baked.owner())
                    .state(baked.state())
                    .deregistrationProtection(baked.use().equals("protected") ? "enabled-with-cooldown" : "disabled")
                    .tags(tags(
                            baked.tags().get(0),
                            baked.tags().get(1),
                            baked.tags().get(2)));
            if (baked.sharesSnapshot()
                    && baked.owner().equals(FakeFleet.OURSELVES)) { // nobody else can use our snapshot
                image.blockDeviceMappings(disk(AnImage.snapshotOf(id)), disk("snap-shared"));
            }
            fleet.hasBaked(image.build());
            use(fleet, id, baked.use());
        }

        private static void use(FakeFleet fleet, String id, String use) {
            switch (use) {
                case "instance" -> fleet.users().instance(id, "stopped");
                case "dead instance" -> fleet.users().instance(id, "terminated");
                case "latest" -> fleet.users().launchTemplate(1, "ami-none", id);
                case "default" -> fleet.users().launchTemplate(2, "ami-none", id, "ami-none");
                case "old version" -> fleet.users().launchTemplate(1, "ami-none", id, "ami-none");
                case "parameter" -> fleet.users().parameter(id);
                case "shared" -> fleet.hasSharedAndLaunched(id, NOW);
                case "unchecked" -> fleet.faults().answers("DescribeImageReferences " + id, "InternalError", "oops");
                case "refused" -> fleet.faults().answers("DeregisterImage " + id, "InternalError", "oops");
                default -> assertThat(use).isIn("none", "protected");
            }
        }
    }

    private static final Set<String> PINS =
            Set.of("instance", "latest", "default", "parameter", "shared", "unchecked", "protected");

    private static final List<String> USES = Stream.concat(
                    PINS.stream(),
                    Stream.of("none", "none", "none", "none", "none", "dead instance", "old version", "refused"))
            .sorted()
            .toList();

    @Provide
    Arbitrary<Fleet> fleets() {
        Arbitrary<List<String>> tags = Combinators.combine(
                        mostly("bakery", "other", ""),
                        mostly("web", "db", ""),
                        mostly("good", "failed", "baking", "", "odd"))
                .as(List::of);
        Arbitrary<Baked> baked = Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        mostly(FakeFleet.OURSELVES, "666666666666"),
                        tags,
                        mostly("available", "pending", "failed", "disabled", "deregistered"),
                        Arbitraries.of(USES),
                        Arbitraries.integers().between(0, 9).map(chance -> chance == 0))
                .as(Baked::new);
        return Combinators.combine(baked.list().ofMaxSize(25), Arbitraries.integers())
                .as(Fleet::new);
    }

    private static Arbitrary<String> mostly(String usual, String... rare) {
        List<String> values = new ArrayList<>(List.of(rare));
        values.addAll(Collections.nCopies(5 * rare.length, usual));
        return Arbitraries.of(values);
    }

    @Provide
    Arbitrary<CleanUpImagesRequest> requests() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 8))
                .as((days, keep, cap) -> new CleanUpImagesRequest(
                        "bakery",
                        "web",
                        "eu-west-1",
                        Duration.ofDays(days),
                        keep,
                        cap,
                        CleanUpMode.DELETE,
                        Optional.empty()));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void deletes_only_what_every_rule_allows(
            @ForAll("fleets") Fleet fleet, @ForAll("requests") CleanUpImagesRequest request) {
        FakeFleet world = fleet.make();

        cleanUp(world, request);

        List<Integer> gone = gone(fleet, world);
        List<Integer> newestGood = newestGood(fleet, request.keepAtLeast());
        assertThat(gone).hasSizeLessThanOrEqualTo(request.cap()).allSatisfy(number -> {
            Baked image = fleet.images().get(number);
            assertThat(image.owner()).isEqualTo(FakeFleet.OURSELVES);
            assertThat(image.tags()).startsWith("bakery", "web").containsAnyOf("good", "failed");
            assertThat(image.days())
                    .isGreaterThanOrEqualTo((int) request.olderThan().toDays());
            assertThat(image.state()).isIn("available", "failed", "disabled");
            assertThat(PINS).doesNotContain(image.use());
            assertThat(newestGood).doesNotContain(number);
            if (image.tags().contains("good")) {
                assertThat(newestGood).hasSize(request.keepAtLeast());
            }
        });
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void leaves_every_survivor_its_snapshots(
            @ForAll("fleets") Fleet fleet, @ForAll("requests") CleanUpImagesRequest request) {
        FakeFleet world = fleet.make();

        cleanUp(world, request);

        assertThat(world.imageIds())
                .filteredOn(id -> !world.image(id).stateAsString().equals("deregistered"))
                .allSatisfy(id -> assertThat(world.snapshotIds()).containsAll(OwnImage.snapshotsOf(world.image(id))));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void plans_what_it_then_does(@ForAll("fleets") Fleet fleet, @ForAll("requests") CleanUpImagesRequest request) {
        FakeFleet world = new Fleet(withoutRefusals(fleet.images()), fleet.seed()).make();
        Set<String> before = world.imageIds();

        CleanUpImagesReport plan = cleanUp(world, planned(request));
        assertThat(world.imageIds()).isEqualTo(before);
        CleanUpImagesReport done = cleanUp(world, request);

        assertThat(plan.deleted().stream().map(DeletedImage::imageId))
                .isEqualTo(done.deleted().stream().map(DeletedImage::imageId).toList());
        assertThat(plan.kept()).isEqualTo(done.kept());
        assertThat(plan.leftovers()).isEqualTo(done.leftovers());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void comes_to_rest_after_enough_runs_with_nothing_left_over(
            @ForAll("fleets") Fleet fleet, @ForAll("requests") CleanUpImagesRequest request) {
        FakeFleet world = fleet.make();
        for (int run = 0; run <= fleet.images().size(); run++) {
            cleanUp(world, request);
        }

        CleanUpImagesReport last = cleanUp(world, request);

        assertThat(last.deleted()).isEmpty();
        assertThat(last.leftovers()).isEmpty();
        assertThat(gone(fleet, world))
                .filteredOn(number -> !fleet.images().get(number).sharesSnapshot())
                .allSatisfy(number -> assertThat(world.snapshotIds()).doesNotContain("snap-" + number));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void settles_each_image_of_the_family_once(
            @ForAll("fleets") Fleet fleet, @ForAll("requests") CleanUpImagesRequest request) {
        CleanUpImagesReport report = cleanUp(fleet.make(), request);

        List<String> settled = new ArrayList<>();
        report.deleted().forEach(image -> settled.add(image.imageId()));
        report.kept().forEach(image -> settled.add(image.imageId()));
        report.failed().forEach(image -> settled.add(image.imageId()));
        assertThat(settled)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, fleet.images().size())
                                .filter(number -> isOfFamily(fleet.images().get(number)))
                                .mapToObj(number -> "ami-" + number)
                                .toList());
    }

    private static boolean isOfFamily(Baked image) {
        return image.owner().equals(FakeFleet.OURSELVES)
                && image.tags().get(0).equals("bakery")
                && image.tags().get(1).equals("web")
                && !image.state().equals("deregistered");
    }

    private static List<Integer> gone(Fleet fleet, FakeFleet world) {
        return IntStream.range(0, fleet.images().size())
                .filter(number -> !world.imageIds().contains("ami-" + number))
                .boxed()
                .toList();
    }

    /** Told apart from the code under test: the newest are those with fewest days, ties by the greater id. */
    private static List<Integer> newestGood(Fleet fleet, int count) {
        TreeSet<String> order = new TreeSet<>();
        for (int number = 0; number < fleet.images().size(); number++) {
            Baked image = fleet.images().get(number);
            if (isOfFamily(image)
                    && image.tags().get(2).equals("good")
                    && image.state().equals("available")) {
                order.add(String.format("%03d ami-%d", 999 - image.days(), number));
            }
        }
        return order.descendingSet().stream()
                .limit(count)
                .map(entry -> Integer.valueOf(entry.substring("000 ami-".length())))
                .toList();
    }

    private static List<Baked> withoutRefusals(List<Baked> images) {
        return images.stream()
                .map(image -> new Baked(
                        image.days(),
                        image.owner(),
                        image.tags(),
                        image.state(),
                        image.use().equals("refused") ? "none" : image.use(),
                        image.sharesSnapshot()))
                .toList();
    }
}
