package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.orphans.OrphanBench.cleanUp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.FakeRegion;
import org.amibakery.lambdas.Faults.Moment;

/** What holds for every fleet: random kinds, tags, owners, states, lives of bakes, users and broken calls. */
class OrphanPropertiesTest {
    private static final int TRIES = 60;

    /** Its id is its kind's prefix and its place in the fleet; of an image, its snapshot's too. */
    private record Thing(
            ResourceKind kind, String stack, String bake, String expires, String state, String owner, boolean run) {
        String[] tags() {
            return new String[] {"stack", stack, "bake", bake, "expires", expires, "state", state};
        }

        boolean isOurs() {
            return stack.equals("bakery") && !bake.isEmpty() && owner.equals(FakeFleet.OURSELVES);
        }

        boolean isGood() {
            return state.equals("good");
        }

        /** Told apart from the code under test: only the three expiries that the generator gives are known. */
        boolean isExpired() {
            return expires.equals(Remains.EXPIRED.toString());
        }
    }

    private record Fleet(List<Thing> things, int seed) {
        FakeRegion make() {
            FakeRegion region = new FakeRegion(seed);
            for (int number = 0; number < things.size(); number++) {
                add(region, number, things.get(number));
            }
            return region;
        }

        private static void add(FakeRegion region, int number, Thing thing) {
            String[] tags = thing.tags();
            switch (thing.kind()) {
                case INSTANCE -> region.users().has(Remains.instance("i-" + number, tags));
                case VOLUME -> region.has(Remains.volume("vol-" + number, tags));
                case NETWORK_INTERFACE -> region.has(Remains.card("eni-" + number, tags));
                case IMAGE -> {
                    region.hasBaked(Remains.image("ami-" + number, tags).toBuilder()
                            .ownerId(thing.owner())
                            .build());
                    if (thing.run()) {
                        region.users().has(Remains.instanceOf("ami-" + number, "i-stranger-" + number, "stack", ""));
                    }
                }
                case SNAPSHOT ->
                    region.has(Remains.snapshot("snap-" + number, tags).toBuilder()
                            .ownerId(thing.owner())
                            .build());
            }
        }

        /** The ids of those whose removal the rule must allow, given which bakes have ended. */
        List<String> mayGo(List<String> endedBakes) {
            return ids(thing -> thing.isOurs()
                    && !thing.isGood()
                    && !thing.run()
                    && (thing.isExpired() || endedBakes.contains(thing.bake())));
        }

        private List<String> ids(Predicate<Thing> wanted) {
            TreeSet<String> ids = new TreeSet<>();
            for (int number = 0; number < things.size(); number++) {
                Thing thing = things.get(number);
                if (wanted.test(thing)) {
                    ids.add(PREFIX.get(thing.kind()) + number);
                    if (thing.kind() == ResourceKind.IMAGE) {
                        ids.add("snap-" + number);
                    }
                }
            }
            return List.copyOf(ids);
        }
    }

    private static final Map<ResourceKind, String> PREFIX = Map.of(
            ResourceKind.INSTANCE, "i-",
            ResourceKind.VOLUME, "vol-",
            ResourceKind.NETWORK_INTERFACE, "eni-",
            ResourceKind.IMAGE, "ami-",
            ResourceKind.SNAPSHOT, "snap-");

    @Provide
    Arbitrary<Fleet> fleets() {
        Arbitrary<Thing> thing = Combinators.combine(
                        Arbitraries.of(ResourceKind.class),
                        mostly("bakery", "other", "Bakery", ""),
                        mostly("bake/web/eu-west-1", "bake/db/eu-west-1", ""),
                        mostly(Remains.EXPIRED.toString(), NOW.plusSeconds(60).toString(), "soon", ""),
                        mostly("baking", "good", "failed", ""),
                        mostly(FakeFleet.OURSELVES, "666666666666"),
                        Arbitraries.integers().between(0, 5).map(chance -> chance == 0))
                .as((kind, stack, bake, expires, state, owner, run) -> new Thing(
                        kind,
                        stack,
                        bake,
                        expires,
                        ownsState(kind) ? state : "",
                        ownsState(kind) ? owner : FakeFleet.OURSELVES,
                        run && kind == ResourceKind.IMAGE));
        return Combinators.combine(thing.list().ofMaxSize(20), Arbitraries.integers())
                .as(Fleet::new);
    }

    /** Nobody sees, or tags, another account's instances, volumes and interfaces. */
    private static boolean ownsState(ResourceKind kind) {
        return kind == ResourceKind.IMAGE || kind == ResourceKind.SNAPSHOT;
    }

    private static Arbitrary<String> mostly(String usual, String... rare) {
        List<String> values = new ArrayList<>(List.of(rare));
        values.addAll(Collections.nCopies(2 * rare.length, usual));
        return Arbitraries.of(values);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void all_that_expired_goes_and_nothing_else(@ForAll("fleets") Fleet fleet) {
        FakeRegion region = fleet.make();
        List<String> before = Everything.in(region);

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(gone(before, region)).isEqualTo(fleet.mayGo(List.of()));
        assertThat(OrphanBench.removed(report)).containsExactlyInAnyOrderElementsOf(fleet.mayGo(List.of()));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void a_second_run_finds_nothing_to_do(@ForAll("fleets") Fleet fleet) {
        FakeRegion region = fleet.make();
        cleanUp(region);
        List<String> before = Everything.in(region);

        CleanUpOrphansReport second = cleanUp(region);

        assertThat(second.removed()).isEmpty();
        assertThat(second.failed()).isEmpty();
        assertThat(Everything.in(region)).isEqualTo(before);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void what_an_ended_bake_left_goes_and_what_a_running_one_has_stays_until_it_expires(@ForAll("fleets") Fleet fleet) {
        FakeRegion region = fleet.make();
        List<String> before = Everything.in(region);
        BakeLives lives = bake -> bake.workflowId().equals(Remains.BAKE) ? BakeLife.ENDED : BakeLife.RUNS;

        sweep(region, lives);

        assertThat(gone(before, region)).isEqualTo(fleet.mayGo(List.of(Remains.BAKE)));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whichever_call_breaks_the_next_run_finds_the_rest_and_nothing_else_goes(
            @ForAll("fleets") Fleet fleet, @ForAll Moment moment) {
        FakeRegion unbroken = fleet.make();
        cleanUp(unbroken);

        for (int call = 0; call < unbroken.faults().calls().size(); call++) {
            FakeRegion region = fleet.make();
            List<String> before = Everything.in(region);
            region.faults().breaksCall(call, moment);
            CleanUpOrphansReport broken = cleanUp(region);
            assertThat(fleet.mayGo(List.of())).containsAll(gone(before, region));
            assertThat(broken.failed().size() + broken.regionsOutOfReach().size())
                    .as("troubles told when call %d broke", call)
                    .isEqualTo(isFelt(region.faults().calls().get(call), moment) ? 1 : 0);

            region.faults().heals();
            cleanUp(region);

            assertThat(gone(before, region)).isEqualTo(fleet.mayGo(List.of()));
        }
    }

    /** A read takes no effect, so nothing breaks after it. */
    private static boolean isFelt(String operation, Moment moment) {
        return moment == Moment.BEFORE_IT_TAKES_EFFECT || !operation.startsWith("Describe");
    }

    private static void sweep(FakeRegion region, BakeLives lives) {
        OrphanRemoval removal = new OrphanRemoval(name -> region, "bakery");
        new OrphanRule(NOW, lives)
                .judge(new OwnResources(name -> region, "bakery").in("eu-west-1")).stream()
                        .filter(Judgement::isOrphan)
                        .forEach(judgement -> removal.remove(judgement.resource()));
    }

    private static List<String> gone(List<String> before, FakeRegion region) {
        List<String> after = Everything.in(region);
        return before.stream().filter(id -> !after.contains(id)).toList();
    }
}
