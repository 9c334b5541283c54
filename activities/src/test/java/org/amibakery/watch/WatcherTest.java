package org.amibakery.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.aws.Refusals;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.watch.Watcher.WatchTools;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final MovableClock clock = new MovableClock();
    private final FakeTemporal temporal = new FakeTemporal();
    private final Sky sky = new Sky();
    private final Counted counted = new Counted();
    private final Crowd crowd = new Crowd();
    private final Reports reports = new Reports(temporal, Runnable::run);
    private final Watcher<String, String, String> watcher =
            new Watcher<>("star shining", INTERVAL, sky, new WatchTools(clock, reports, counted, crowd));

    @Test
    void a_wait_completes_with_what_arrived_once_the_interval_has_passed() {
        register("vega");
        sky.stars.put("vega", "shining");

        pulse();
        assertThat(temporal.completed).as("its activity looked a moment ago").isEmpty();

        after(INTERVAL);
        assertThat(temporal.completed).containsEntry("vega", "shining");
        assertThat(watcher.openWaits()).isZero();
    }

    @Test
    void one_look_serves_every_wait() {
        IntStream.range(0, 200).forEach(number -> register("star " + number));

        after(INTERVAL);

        assertThat(sky.looks).singleElement().satisfies(ids -> assertThat(ids).hasSize(200));
    }

    @Test
    void more_ids_than_a_look_takes_are_looked_up_in_several() {
        IntStream.range(0, 201).forEach(number -> register("star " + number));

        after(INTERVAL);

        assertThat(sky.looks).extracting(Set::size).containsExactly(200, 1);
    }

    @Test
    void the_first_looks_of_a_crowd_are_shared() {
        IntStream.range(0, 100).forEach(number -> register("star " + number));
        after(INTERVAL);
        assertThat(watcher.sharesLooks()).isTrue();

        IntStream.range(100, 150).forEach(number -> watcher.register(open("star " + number, "star " + number)));
        after(INTERVAL.dividedBy(2));
        assertThat(sky.looks).as("a look an interval has to do").hasSize(1);

        after(INTERVAL.dividedBy(2));
        assertThat(sky.looks).extracting(Set::size).containsExactly(100, 150);
    }

    @Test
    void a_first_look_waits_the_shorter_the_fewer_wait() {
        IntStream.range(0, 10).forEach(number -> register("star " + number));
        after(INTERVAL);

        watcher.register(open("vega", "vega"));
        after(INTERVAL.dividedBy(10));

        assertThat(sky.looks).last().satisfies(ids -> assertThat(ids).containsExactly("vega"));
    }

    @Test
    void a_crowd_is_remembered_for_some_seconds() {
        IntStream.range(0, 100).forEach(number -> crowd.joined());
        IntStream.range(0, 100).forEach(number -> crowd.left());
        assertThat(crowd.pause(INTERVAL)).isEqualTo(INTERVAL);

        IntStream.range(0, 140).forEach(pulse -> crowd.forget());
        assertThat(crowd.pause(INTERVAL)).isBetween(INTERVAL.dividedBy(3), INTERVAL.dividedBy(2));
        IntStream.range(0, 600).forEach(pulse -> crowd.forget());
        assertThat(crowd.pause(INTERVAL)).isZero();
    }

    @Test
    void a_few_share_nothing() {
        IntStream.range(0, 4).forEach(number -> register("star " + number));
        assertThat(watcher.sharesLooks()).isFalse();
    }

    @Test
    void nothing_is_looked_up_while_nothing_waits() {
        after(INTERVAL);
        assertThat(sky.looks).isEmpty();
    }

    @Test
    void two_waits_for_the_same_thing_are_both_completed() {
        register(open("vega", "first"));
        register(open("vega", "second"));
        sky.stars.put("vega", "shining");

        after(INTERVAL);

        assertThat(temporal.completed).containsOnlyKeys("first", "second");
    }

    @Test
    void what_is_gone_fails_its_own_wait_alone() {
        register("vega");
        register("antares");
        sky.stars.put("antares", "exploded");

        after(INTERVAL);

        assertThat(temporal.failed).containsOnlyKeys("antares");
        assertThat(temporal.failed.get("antares"))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> assertThat(failure.getType())
                        .isEqualTo("StarGone"));
        assertThat(watcher.openWaits()).isEqualTo(1);
    }

    @Test
    void a_wait_heartbeats_every_third_of_its_timeout_with_what_was_seen() {
        register("vega");
        sky.stars.put("vega", "rising");
        after(INTERVAL);
        assertThat(temporal.heartbeats).isEmpty();

        after(Duration.ofSeconds(3));
        assertThat(temporal.heartbeats).containsExactly(new WaitDetails("vega", "vega is rising", true));

        after(Duration.ofSeconds(4));
        assertThat(temporal.heartbeats).hasSize(1);
        after(Duration.ofSeconds(1));
        assertThat(temporal.heartbeats).hasSize(2);
    }

    @Test
    void a_first_look_that_takes_long_heartbeats_and_leaves_its_end_to_the_activity() {
        OpenWait<String> wait = open("vega", "vega");

        String looked = watcher.keepAlive(wait, () -> {
            after(SILENCE.dividedBy(3));
            after(SILENCE.dividedBy(3));
            return "looked";
        });
        after(SILENCE);

        assertThat(looked).isEqualTo("looked");
        assertThat(temporal.heartbeats)
                .containsOnly(new WaitDetails("vega", "not looked at yet", false))
                .hasSize(2);
        assertThat(sky.looks).isEmpty();
    }

    @Test
    void a_cancellation_during_the_first_look_is_reported_after_it() {
        OpenWait<String> wait = open("vega", "vega");
        temporal.cancelRequested.add("vega");
        watcher.keepAlive(wait, () -> {
            after(SILENCE.dividedBy(3));
            return "looked";
        });
        assertThat(temporal.canceled).isEmpty();

        register(wait);
        after(SILENCE.dividedBy(3));

        assertThat(temporal.canceled).containsExactly("vega");
        assertThat(watcher.openWaits()).isZero();
    }

    @Test
    void an_attempt_that_temporal_still_knows_proves_itself_alive_and_keeps_what_was_seen() {
        reports.prove(activity("vega", true), "vega", "vega is looked for");

        assertThat(temporal.heartbeats).containsExactly(new WaitDetails("vega", "vega is looked for", true));
    }

    @Test
    void an_attempt_that_was_replaced_cannot_prove_itself_alive() {
        temporal.ended.add("vega");

        assertThatThrownBy(() -> reports.prove(activity("vega", false), "vega", "vega is looked for"))
                .isInstanceOf(ActivityNotExistsException.class)
                .hasMessageContaining("vega");
    }

    @Test
    void a_cancellation_is_noticed_at_the_heartbeat_and_reported() {
        register("vega");
        temporal.cancelRequested.add("vega");

        after(SILENCE.dividedBy(3));

        assertThat(temporal.canceled).containsExactly("vega");
        assertThat(watcher.openWaits()).isZero();
    }

    @Test
    void a_wait_that_temporal_no_longer_knows_is_forgotten() {
        register("vega");
        temporal.ended.add("vega");

        after(SILENCE.dividedBy(3));

        assertThat(watcher.openWaits()).isZero();
        assertThat(temporal.failed).isEmpty();
    }

    @Test
    void a_completion_that_temporal_did_not_hear_is_told_again_after_the_next_look() {
        register("vega");
        sky.stars.put("vega", "shining");
        temporal.unreachable = true;
        after(INTERVAL);
        assertThat(watcher.openWaits()).isEqualTo(1);

        temporal.unreachable = false;
        after(INTERVAL);

        assertThat(temporal.completed).containsOnlyKeys("vega");
        assertThat(watcher.openWaits()).isZero();
    }

    @Test
    void a_throttled_look_fails_no_wait_and_is_repeated_later() {
        register("vega");
        sky.refusal = Optional.of(refused("RequestLimitExceeded", Reaction.BACK_OFF));
        after(INTERVAL);
        assertThat(temporal.failed).isEmpty();
        assertThat(counted.failedLooks).containsExactly("RequestLimitExceeded");

        sky.refusal = Optional.empty();
        sky.stars.put("vega", "shining");
        after(Duration.ofSeconds(30));

        assertThat(temporal.completed).containsOnlyKeys("vega");
    }

    @Test
    void pauses_grow_while_looks_are_refused() {
        register("vega");
        sky.refusal = Optional.of(refused("RequestLimitExceeded", Reaction.BACK_OFF));
        for (int second = 0; second < 60; second++) {
            after(Duration.ofSeconds(1));
        }
        assertThat(sky.looks).as("instead of 30 in a minute").hasSizeBetween(3, 10);
    }

    @Test
    void a_denied_look_fails_every_wait_with_the_reason() {
        register("vega");
        register("antares");
        sky.refusal = Optional.of(refused("UnauthorizedOperation", Reaction.GIVE_UP));

        after(INTERVAL);

        assertThat(temporal.failed).containsOnlyKeys("vega", "antares");
        assertThat(temporal.failed.get("vega")).hasMessageContaining("UnauthorizedOperation was answered");
    }

    @Test
    void a_bug_in_a_watch_ends_no_wait_and_no_watcher() {
        register("vega");
        sky.bug = Optional.of(new IllegalStateException("a bug"));
        after(INTERVAL);
        assertThat(watcher.openWaits()).isEqualTo(1);

        sky.bug = Optional.empty();
        sky.stars.put("vega", "shining");
        after(Duration.ofSeconds(30));

        assertThat(temporal.completed).containsOnlyKeys("vega");
    }

    @Test
    void an_answer_about_one_that_cannot_be_read_holds_up_no_other() {
        register("black hole");
        register("vega");
        sky.stars.put("black hole", "unreadable");
        sky.stars.put("vega", "shining");

        after(INTERVAL);

        assertThat(temporal.completed).containsOnlyKeys("vega");
        assertThat(watcher.openWaits()).isEqualTo(1);
    }

    @Test
    void handing_back_fails_every_wait_benign_with_a_pause_and_saves_what_was_seen() {
        register("vega");
        register("antares");
        sky.stars.put("vega", "rising");
        after(INTERVAL);

        watcher.handBackAll();

        assertThat(temporal.failed).containsOnlyKeys("vega", "antares");
        ApplicationFailure failure = (ApplicationFailure) temporal.failed.get("vega");
        assertThat(failure.getType()).isEqualTo("HandedBack");
        assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(temporal.heartbeats).containsExactly(new WaitDetails("vega", "vega is rising", true));
        assertThat(watcher.openWaits()).isZero();
    }

    @Test
    void waits_are_handed_back_for_a_moment_only_once_polls_have_ended() {
        register("vega");
        reports.pollsHaveEnded();

        watcher.handBackAll();

        ApplicationFailure failure = (ApplicationFailure) temporal.failed.get("vega");
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void handing_back_a_canceled_wait_reports_its_cancellation() {
        register("vega");
        sky.stars.put("vega", "rising");
        after(INTERVAL);
        temporal.cancelRequested.add("vega");

        watcher.handBackAll();

        assertThat(temporal.canceled).containsExactly("vega");
        assertThat(temporal.failed).isEmpty();
    }

    @Test
    void a_sighting_by_an_earlier_worker_is_remembered() {
        register(new OpenWait<>("vega", "vega", activity("vega", true), clock.instant()));

        after(INTERVAL);
        after(INTERVAL);

        assertThat(sky.lastRead).hasValueSatisfying(waiting -> {
            assertThat(waiting.wasSeen()).isTrue();
            assertThat(waiting.unseenFor()).isEqualTo(INTERVAL);
        });
    }

    @Test
    void what_nobody_could_look_at_was_not_absent() {
        register("vega");
        sky.stars.put("vega", "rising");
        after(INTERVAL);
        sky.refusal = Optional.of(refused("RequestLimitExceeded", Reaction.BACK_OFF));
        after(Duration.ofMinutes(5));
        sky.refusal = Optional.empty();
        sky.stars.clear();

        after(Duration.ofMinutes(1));
        assertThat(sky.lastRead)
                .hasValueSatisfying(waiting -> assertThat(waiting.unseenFor()).isZero());

        after(INTERVAL);
        sky.refusal = Optional.of(refused("RequestLimitExceeded", Reaction.BACK_OFF));
        after(INTERVAL);
        sky.refusal = Optional.empty();
        after(Duration.ofMinutes(1));
        after(INTERVAL);
        assertThat(sky.lastRead)
                .as("what was missed before a look failed counts")
                .hasValueSatisfying(waiting -> assertThat(waiting.unseenFor()).isEqualTo(INTERVAL.multipliedBy(2)));
    }

    @Test
    void an_overdue_wait_alerts_once() {
        register("vega");

        after(Duration.ofMinutes(31));
        after(Duration.ofMinutes(1));

        assertThat(counted.overdue).containsExactly("star shining");
    }

    @Test
    void a_look_that_comes_late_is_counted() {
        register("vega");
        after(INTERVAL.multipliedBy(3));
        assertThat(counted.late).containsExactly(INTERVAL.multipliedBy(2));
    }

    private void register(String star) {
        register(open(star, star));
    }

    /** As an activity does that has just looked. */
    private void register(OpenWait<String> wait) {
        watcher.putOff(wait);
        watcher.register(wait);
    }

    private OpenWait<String> open(String star, String token) {
        return new OpenWait<>(star, star, activity(token, false), clock.instant());
    }

    private OpenActivity activity(String token, boolean wasSeen) {
        return new OpenActivity(FakeTemporal.token(token), clock.instant(), SILENCE, wasSeen);
    }

    private void after(Duration time) {
        clock.advance(time);
        pulse();
    }

    private void pulse() {
        watcher.pulse(Runnable::run);
    }

    private static ApplicationFailure refused(String code, Reaction reaction) {
        return Refusals.failure(new Refusal("LookUp", code, reaction, Blame.AWS), "%s was answered", code);
    }

    /** Shows stars, and hides those it was not told of. */
    private static final class Sky implements Watch<String, String, String> {
        final Map<String, String> stars = new LinkedHashMap<>();
        final List<Set<String>> looks = new ArrayList<>();
        Optional<ApplicationFailure> refusal = Optional.empty();
        Optional<RuntimeException> bug = Optional.empty();
        Optional<Waiting<String>> lastRead = Optional.empty();

        @Override
        public String id(String star) {
            return star;
        }

        @Override
        public Map<String, String> look(Set<String> ids) {
            looks.add(ids);
            if (bug.isPresent()) {
                throw bug.get();
            }
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return stars;
        }

        @Override
        public Sighting<String> read(Waiting<String> waiting, Optional<String> seen) {
            lastRead = Optional.of(waiting);
            String state = seen.orElse("hidden");
            return switch (state) {
                case "shining" -> Sighting.arrived(state);
                case "unreadable" -> throw new IllegalStateException("nothing comes out of it");
                case "exploded" ->
                    Sighting.gone(ApplicationFailure.newNonRetryableFailure("The star exploded", "StarGone"));
                default -> Sighting.notYet("%s is %s", waiting.subject(), state);
            };
        }

        @Override
        public Optional<Duration> overdueAfter() {
            return Optional.of(Duration.ofMinutes(30));
        }
    }

    /** Remembers what was counted. */
    private static final class Counted implements BakeryCounters {
        final List<String> failedLooks = new ArrayList<>();
        final List<Duration> late = new ArrayList<>();
        final List<String> overdue = new ArrayList<>();

        @Override
        public void lookFailed(String wait, String code) {
            failedLooks.add(code);
        }

        @Override
        public void lookLate(String wait, Duration by) {
            late.add(by);
        }

        @Override
        public void cleanupOverdue(String what) {
            overdue.add(what);
        }
    }
}
