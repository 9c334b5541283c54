package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.disk;
import static org.amibakery.lambdas.orphans.OrphanBench.DELETE;
import static org.amibakery.lambdas.orphans.OrphanBench.PLAN;
import static org.amibakery.lambdas.orphans.OrphanBench.cleanUp;
import static org.amibakery.lambdas.orphans.OrphanBench.removed;
import static org.amibakery.lambdas.orphans.Remains.card;
import static org.amibakery.lambdas.orphans.Remains.image;
import static org.amibakery.lambdas.orphans.Remains.instance;
import static org.amibakery.lambdas.orphans.Remains.instanceOf;
import static org.amibakery.lambdas.orphans.Remains.snapshot;
import static org.amibakery.lambdas.orphans.Remains.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.amibakery.lambdas.AnImage;
import org.amibakery.lambdas.FakeRegion;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanUpOrphansTest {
    private final FakeRegion region = new FakeRegion(5);

    @Test
    void removes_whatever_has_expired_users_first() {
        region.hasBaked(image("ami-1"));
        region.has(snapshot("snap-alone"));
        region.has(card("eni-1"));
        region.has(volume("vol-1"));
        region.users().has(instance("i-1"));

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(report.removed())
                .extracting(SettledResource::kind, SettledResource::id, SettledResource::reason)
                .containsExactly(
                        tuple(ResourceKind.INSTANCE, "i-1", "expired at 2026-06-01T11:00:00Z"),
                        tuple(ResourceKind.VOLUME, "vol-1", "expired at 2026-06-01T11:00:00Z"),
                        tuple(ResourceKind.NETWORK_INTERFACE, "eni-1", "expired at 2026-06-01T11:00:00Z"),
                        tuple(ResourceKind.IMAGE, "ami-1", "expired at 2026-06-01T11:00:00Z"),
                        tuple(ResourceKind.SNAPSHOT, "snap-1", "expired at 2026-06-01T11:00:00Z"),
                        tuple(ResourceKind.SNAPSHOT, "snap-alone", "expired at 2026-06-01T11:00:00Z"));
        assertThat(report.failed()).isEmpty();
        assertThat(left()).isEmpty();
        assertThat(cleanUp(region).removed()).isEmpty();
    }

    @Test
    void tells_in_plan_mode_the_same_and_changes_nothing() {
        region.hasBaked(image("ami-1"));
        region.users().has(instanceOf("ami-1", "i-1"));
        region.has(volume("vol-1"));

        CleanUpOrphansReport plan = cleanUp(region, PLAN);

        assertThat(plan.mode()).isEqualTo(CleanUpMode.PLAN);
        assertThat(left()).containsExactlyInAnyOrder("i-1", "vol-1", "ami-1", "snap-1");
        assertThat(region.faults().calls()).allMatch(call -> call.startsWith("Describe"));
        assertThat(cleanUp(region).removed()).isEqualTo(plan.removed());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"stack, other", "stack, ''", "stack, baker?", "bake, ''", "bake, ' '"})
    void never_looks_at_what_it_cannot_attribute(String key, String value) {
        region.users().has(instance("i-1", key, value));
        region.has(volume("vol-1", key, value));
        region.has(card("eni-1", key, value));
        region.hasBaked(image("ami-1", key, value));

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(report.removed()).isEmpty();
        assertThat(report.kept()).isEmpty();
        assertThat(left()).hasSize(5);
    }

    @Test
    void reads_no_wildcard_in_the_name_of_a_stack() {
        region.has(volume("vol-1", "stack", "bakery"));

        CleanUpOrphansReport report =
                cleanUp(region, new CleanUpOrphansRequest("bak*", "eu-west-1", List.of(), CleanUpMode.DELETE, 9));

        assertThat(report.removed()).isEmpty();
        assertThat(region.volumeIds()).containsExactly("vol-1");
    }

    @ParameterizedTest(name = "expires={0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-06-01T12:00:01Z | is not expired before 2026-06-01T12:00:01Z",
                "2026-06-01T12:00:00Z | is not expired before 2026-06-01T12:00:00Z",
                "''                   | has no readable expiry, so it waits until its bake is known to have ended",
                "tomorrow             | has no readable expiry, so it waits until its bake is known to have ended",
            })
    void keeps_what_has_not_expired_and_says_so(String expires, String reason) {
        region.users().has(instance("i-1", "expires", expires));

        assertThat(kept(cleanUp(region))).containsExactly(tuple("i-1", reason));
        assertThat(left()).containsExactly("i-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "running", "stopping", "stopped"})
    void terminates_an_instance_in_any_state_of_life(String state) {
        region.users()
                .has(instance("i-1").toBuilder()
                        .state(current -> current.name(state))
                        .build());

        assertThat(removed(cleanUp(region))).containsExactly("i-1");
    }

    @Test
    void passes_over_what_goes_with_its_instance_or_is_gone() {
        region.users()
                .has(instance("i-1").toBuilder()
                        .state(current -> current.name("terminated"))
                        .build());
        region.has(volume("vol-1").toBuilder().state("in-use").build());
        region.has(card("eni-1").toBuilder().status("in-use").build());
        region.has(image("ami-1").toBuilder().state("deregistered").build());

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(report.removed()).isEmpty();
        assertThat(report.kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "failed", "disabled", "invalid", "available"})
    void removes_an_image_that_never_became_good_in_any_state(String state) {
        region.hasBaked(image("ami-1").toBuilder()
                .state(state)
                .deprecationTime(NOW.minus(Duration.ofDays(1)).toString())
                .build());

        assertThat(removed(cleanUp(region))).containsExactly("ami-1", "snap-1");
        assertThat(left()).isEmpty();
    }

    @Test
    void leaves_good_images_and_snapshots_to_retention_and_counts_them() {
        region.hasBaked(image("ami-1", "state", "good"));
        region.has(snapshot("snap-alone", "state", "good"));

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(report.removed()).isEmpty();
        assertThat(report.kept()).isEmpty();
        assertThat(report.keptUnlisted()).isEqualTo(3);
    }

    @Test
    void keeps_a_good_snapshot_of_an_image_that_goes() {
        region.hasBaked(image("ami-1").toBuilder()
                .blockDeviceMappings(disk("snap-1"), disk("snap-good"))
                .build());
        region.has(snapshot("snap-good", "state", "good"));

        assertThat(removed(cleanUp(region))).containsExactly("ami-1", "snap-1");
        assertThat(left()).containsExactly("snap-good");
    }

    @Test
    void keeps_a_snapshot_of_nobody_known_of_an_image_that_goes() {
        region.has(snapshot("snap-strange", "bake", ""));
        region.hasBaked(image("ami-1").toBuilder()
                .blockDeviceMappings(disk("snap-1"), disk("snap-strange"))
                .build());

        assertThat(removed(cleanUp(region))).containsExactly("ami-1", "snap-1");
        assertThat(left()).containsExactly("snap-strange");
    }

    @Test
    void keeps_a_snapshot_while_an_image_that_stays_is_made_of_it() {
        region.hasBaked(image("ami-1", "state", "good"));
        region.has(snapshot("snap-1")); // the tags of the image were written, those of the snapshot are not seen yet

        assertThat(kept(cleanUp(region))).containsExactly(tuple("snap-1", "is in use by ami-1, which stays"));
        assertThat(left()).containsExactlyInAnyOrder("ami-1", "snap-1");
    }

    @Test
    void keeps_a_snapshot_of_somebodys_untagged_image() {
        region.has(snapshot("snap-1"));
        region.has(AnImage.ownImage("ami-1", 3).tags(List.of()).build());

        assertThat(kept(cleanUp(region))).containsExactly(tuple("snap-1", "is in use by ami-1, which stays"));
    }

    @Test
    void keeps_an_image_that_a_stranger_runs() {
        region.hasBaked(image("ami-1"));
        region.users().has(instanceOf("ami-1", "i-9", "stack", "", "bake", ""));

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(kept(report))
                .containsExactly(
                        tuple("ami-1", "is in use by i-9, which stays"),
                        tuple("snap-1", "is in use by ami-1, which stays"));
        assertThat(left()).containsExactlyInAnyOrder("i-9", "ami-1", "snap-1");
    }

    @Test
    void removes_a_test_instance_and_then_the_image_it_ran() {
        region.hasBaked(image("ami-1"));
        region.users().has(instanceOf("ami-1", "i-1"));

        assertThat(removed(cleanUp(region))).containsExactly("i-1", "ami-1", "snap-1");
        assertThat(left()).isEmpty();
    }

    @Test
    void keeps_the_image_of_an_instance_that_could_not_be_terminated() {
        region.hasBaked(image("ami-1"));
        region.users().has(instanceOf("ami-1", "i-1"));
        region.faults().answers("TerminateInstances i-1", "InternalError", "oops");

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(kept(report))
                .containsExactly(
                        tuple("ami-1", "is in use by i-1; the next run looks again"),
                        tuple("snap-1", "is in use by ami-1; the next run looks again"));
        region.faults().heals();
        cleanUp(region);
        assertThat(left()).isEmpty();
    }

    @Test
    void never_touches_another_accounts_image_whatever_its_tags() {
        region.hasBaked(image("ami-1").toBuilder().ownerId("666666666666").build());

        assertThat(cleanUp(region).removed()).isEmpty();
        assertThat(region.imageIds()).contains("ami-1");
    }

    @Test
    void removes_no_more_than_one_run_may() {
        IntStream.range(0, 5).forEach(number -> region.has(volume("vol-" + number)));

        CleanUpOrphansReport report =
                cleanUp(region, new CleanUpOrphansRequest("bakery", "eu-west-1", List.of(), CleanUpMode.DELETE, 2));

        assertThat(removed(report)).containsExactly("vol-0", "vol-1");
        assertThat(report.stoppedEarly()).contains("2 are the most that one run may remove; the next run goes on");
        assertThat(kept(report))
                .hasSize(3)
                .contains(tuple("vol-2", "expired at 2026-06-01T11:00:00Z, and waits for the next run"));
    }

    @Test
    void ends_at_the_deadline_having_settled_one_orphan() {
        IntStream.range(0, 3).forEach(number -> region.has(volume("vol-" + number)));
        CleanUpOrphans orphans = new CleanUpOrphans(name -> region, Clock.fixed(NOW, ZoneOffset.UTC));

        CleanUpOrphansReport report = orphans.cleanUp(DELETE, NOW, OrphanListener.NONE);

        assertThat(removed(report)).containsExactly("vol-0");
        assertThat(report.stoppedEarly()).contains("the time ran short; the next run goes on");
        for (int run = 0; run < 2; run++) {
            orphans.cleanUp(DELETE, NOW, OrphanListener.NONE);
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void gives_up_after_a_hundred_refusals() {
        IntStream.range(0, 120).forEach(number -> region.has(volume("vol-" + number)));
        region.faults().answers("DeleteVolume", "UnauthorizedOperation", "not you");

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(report.failed()).hasSize(100);
        assertThat(report.stoppedEarly()).contains("AWS refused 100 times; the next run tries again");
    }

    @Test
    void bounds_the_list_of_what_it_kept() {
        String later = NOW.plusSeconds(9).toString();
        IntStream.range(0, 203).forEach(number -> region.has(volume("vol-" + number, "expires", later)));

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(report.kept()).hasSize(200);
        assertThat(report.keptUnlisted()).isEqualTo(3);
    }

    @Test
    void looks_into_every_region_that_the_account_can_use() {
        FakeRegion oregon = new FakeRegion(6);
        oregon.hasBaked(image("ami-copy"));
        region.knowsRegion("us-west-2", "opted-in");
        region.knowsRegion("me-south-1", "not-opted-in");
        region.has(volume("vol-1"));
        Map<String, FakeRegion> world = Map.of("eu-west-1", region, "us-west-2", oregon);

        CleanUpOrphansReport report = inAll(world, DELETE);

        assertThat(removed(report)).containsExactly("vol-1", "ami-copy", "snap-copy");
        assertThat(report.removed().get(1).region()).isEqualTo("us-west-2");
    }

    @Test
    void looks_only_where_it_is_told_to() {
        FakeRegion oregon = new FakeRegion(6);
        oregon.has(volume("vol-2"));
        region.has(volume("vol-1"));
        CleanUpOrphansRequest request =
                new CleanUpOrphansRequest("bakery", "eu-west-1", List.of("us-west-2"), CleanUpMode.DELETE, 9);

        CleanUpOrphansReport report = inAll(Map.of("us-west-2", oregon), request);

        assertThat(removed(report)).containsExactly("vol-2");
        assertThat(region.faults().calls()).isEmpty();
    }

    @Test
    void a_region_out_of_reach_is_told_and_stops_no_other() {
        FakeRegion oregon = new FakeRegion(6);
        oregon.has(volume("vol-2"));
        region.knowsRegion("us-west-2", "opted-in");
        region.has(volume("vol-1"));
        region.faults().answers("DescribeSnapshots", "UnauthorizedOperation", "not you");

        CleanUpOrphansReport report = inAll(Map.of("eu-west-1", region, "us-west-2", oregon), DELETE);

        assertThat(removed(report)).containsExactly("vol-2");
        assertThat(report.regionsOutOfReach())
                .containsExactly(new RegionOutOfReach(
                        "eu-west-1",
                        "EC2 answered UnauthorizedOperation to DescribeSnapshots in eu-west-1: not you. Nothing was"
                                + " changed. Allow ec2:DescribeSnapshots to the function's role and check its"
                                + " credentials, then try again."));
    }

    @Test
    void cleans_up_at_home_when_nobody_tells_it_the_other_regions() {
        region.has(volume("vol-1"));
        region.faults().answers("DescribeRegions", "UnauthorizedOperation", "not you");

        CleanUpOrphansReport report = cleanUp(region);

        assertThat(removed(report)).containsExactly("vol-1");
        assertThat(report.regionsOutOfReach()).singleElement().satisfies(others -> {
            assertThat(others.region()).isEqualTo("all but eu-west-1");
            assertThat(others.message()).contains("DescribeRegions in eu-west-1: not you");
        });
    }

    private CleanUpOrphansReport inAll(Map<String, FakeRegion> world, CleanUpOrphansRequest request) {
        return new CleanUpOrphans(world::get, Clock.fixed(NOW, ZoneOffset.UTC))
                .cleanUp(request, Instant.MAX, OrphanListener.NONE);
    }

    private static List<Tuple> kept(CleanUpOrphansReport report) {
        return report.kept().stream()
                .map(resource -> tuple(resource.id(), resource.reason()))
                .toList();
    }

    private List<String> left() {
        return Everything.in(region);
    }
}
