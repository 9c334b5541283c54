package org.amibakery.builder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.FoundBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchToken;
import org.amibakery.builder.RunningBuilder;
import org.amibakery.builder.aws.GoneWatch.Remains;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

class WatchesTest {
    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");
    private static final BuilderRef BUILDER = new BuilderRef(Launches.REGION, new InstanceId("i-1"));

    private final Instances instances = new Instances(new NoEc2(), Launches.REGION, Ec2Errors.DESCRIBE);
    private final RunningWatch running = new RunningWatch(instances);
    private final StoppedWatch stopped = new StoppedWatch(instances);
    private final LaunchTokenWatch byToken = new LaunchTokenWatch(instances);
    private final GoneWatch gone = new GoneWatch(instances, new LeftoverVolumes(new NoEc2(), Launches.REGION));

    @Test
    void a_running_builder_has_arrived() {
        assertThat(running.read(aged(Duration.ZERO), Optional.of(instance("running"))))
                .isEqualTo(Sighting.arrived(new RunningBuilder(BUILDER.id(), "us-east-1a")));
    }

    @Test
    void an_invisible_builder_is_waited_for_five_minutes_and_then_launched_again() {
        assertThat(running.read(aged(Duration.ofSeconds(299)), Optional.empty()))
                .isEqualTo(Sighting.notYet("Builder i-1 is not visible yet"));
        assertThat(reaction(running.read(aged(Duration.ofMinutes(5)), Optional.empty())))
                .isEqualTo(Reaction.RELAUNCH);
    }

    @ParameterizedTest
    @CsvSource({
        "Server.InternalError, RELAUNCH",
        "Server.InsufficientInstanceCapacity, NEXT_CANDIDATE",
        "Server.SpotInstanceTermination, RELAUNCH",
        "Client.InternalError, GIVE_UP",
        "Client.VolumeLimitExceeded, GIVE_UP",
        "Client.UserInitiatedShutdown, GIVE_UP",
        "Client.SomethingNew, GIVE_UP",
    })
    void a_builder_that_dies_in_pending_is_judged_by_its_reason(String code, Reaction expected) {
        Instance dead = instance("terminated").toBuilder()
                .stateReason(reason -> reason.code(code).message("As told"))
                .build();
        Sighting<RunningBuilder> sighting = running.read(aged(Duration.ZERO), Optional.of(dead));
        assertThat(reaction(sighting)).isEqualTo(expected);
        assertThat(failure(sighting).getType()).isEqualTo("BuilderGone");
        assertThat(failure(sighting).getOriginalMessage()).contains("i-1", code, "As told");
    }

    @Test
    void a_builder_that_a_run_before_the_reset_has_stopped_is_launched_again() {
        Sighting<RunningBuilder> sighting = running.read(aged(Duration.ZERO), Optional.of(instance("stopped")));

        assertThat(reaction(sighting)).isEqualTo(Reaction.RELAUNCH);
        assertThat(failure(sighting).getOriginalMessage()).contains("i-1 is stopped", "Another is launched.");
    }

    @Test
    void a_builder_that_dies_while_stopping_is_gone() {
        assertThat(stopped.read(aged(Duration.ZERO), Optional.of(instance("stopping"))))
                .isEqualTo(Sighting.notYet("Builder i-1 is stopping"));
        assertThat(failure(stopped.read(aged(Duration.ZERO), Optional.of(instance("terminated"))))
                        .getType())
                .isEqualTo("BuilderGone");
    }

    @Test
    void nothing_is_answered_only_after_five_and_a_half_minutes() {
        FindBuilder wanted = new FindBuilder(Launches.REGION, new LaunchToken("token"));
        assertThat(byToken.read(waiting(wanted, Duration.ofSeconds(329)), Optional.empty()))
                .isEqualTo(Sighting.notYet("No instance of launch token is visible"));
        assertThat(byToken.read(waiting(wanted, Duration.ofSeconds(330)), Optional.empty()))
                .isEqualTo(Sighting.arrived(new FoundBuilder(Optional.empty())));
    }

    @Test
    void a_worker_whose_clock_is_ahead_does_not_answer_nothing_at_its_first_look() {
        FindBuilder wanted = new FindBuilder(Launches.REGION, new LaunchToken("token"));
        Instant ahead = SINCE.plus(Duration.ofHours(1));
        assertThat(byToken.read(new Waiting<>(wanted, SINCE, ahead, false, Duration.ofSeconds(329)), Optional.empty()))
                .isEqualTo(Sighting.notYet("No instance of launch token is visible"));
        assertThat(byToken.read(new Waiting<>(wanted, SINCE, ahead, false, Duration.ofSeconds(330)), Optional.empty()))
                .isEqualTo(Sighting.arrived(new FoundBuilder(Optional.empty())));
    }

    @Test
    void the_living_one_of_two_instances_of_a_token_is_found() {
        FindBuilder wanted = new FindBuilder(Launches.REGION, new LaunchToken("token"));
        List<Instance> both = List.of(
                instance("terminated"),
                instance("pending").toBuilder().instanceId("i-2").build());
        assertThat(byToken.read(waiting(wanted, Duration.ZERO), Optional.of(both)))
                .isEqualTo(Sighting.arrived(new FoundBuilder(Optional.of(new InstanceId("i-2")))));
    }

    @Test
    void a_builder_is_gone_when_it_was_seen_terminated_without_volumes() {
        assertThat(gone.read(aged(Duration.ZERO), remains(instance("shutting-down"))))
                .isEqualTo(Sighting.notYet("Builder i-1 is shutting-down"));
        assertThat(gone.read(aged(Duration.ZERO), remains(instance("terminated"))))
                .isEqualTo(Sighting.arrived());
    }

    @Test
    void a_volume_that_is_left_keeps_the_wait_open() {
        Volume left = Volume.builder().volumeId("vol-1").state("available").build();
        assertThat(gone.read(
                        aged(Duration.ZERO),
                        Optional.of(new Remains(Optional.of(instance("terminated")), List.of(left)))))
                .isEqualTo(Sighting.notYet("Builder i-1 left vol-1 available"));
    }

    @Test
    void absence_proves_nothing_before_a_builder_was_seen() {
        assertThat(gone.read(aged(Duration.ofMinutes(59)), Optional.empty()))
                .isEqualTo(Sighting.notYet("Builder i-1 is not visible"));
        assertThat(gone.read(aged(Duration.ofHours(1)), Optional.empty())).isEqualTo(Sighting.arrived());
    }

    @Test
    void absence_for_a_minute_proves_that_a_builder_that_was_seen_is_gone() {
        assertThat(gone.read(unseen(Duration.ofSeconds(59)), Optional.empty()))
                .isEqualTo(Sighting.notYet("Builder i-1 is not visible"));
        assertThat(gone.read(unseen(Duration.ofSeconds(60)), Optional.empty())).isEqualTo(Sighting.arrived());
    }

    private static Optional<Remains> remains(Instance instance) {
        return Optional.of(new Remains(Optional.of(instance), List.of()));
    }

    private static Waiting<BuilderRef> aged(Duration age) {
        return waiting(BUILDER, age);
    }

    private static <W> Waiting<W> waiting(W subject, Duration age) {
        return new Waiting<>(subject, SINCE, SINCE.plus(age), false, age);
    }

    private static Waiting<BuilderRef> unseen(Duration time) {
        return new Waiting<>(BUILDER, SINCE, SINCE.plus(time), true, time);
    }

    private static Instance instance(String state) {
        return Instance.builder()
                .instanceId("i-1")
                .clientToken("token")
                .state(now -> now.name(state))
                .placement(place -> place.availabilityZone("us-east-1a"))
                .build();
    }

    private static Reaction reaction(Sighting<?> sighting) {
        return failure(sighting).getDetails().get(Refusal.class).reaction();
    }

    private static ApplicationFailure failure(Sighting<?> sighting) {
        return sighting.failure().orElseThrow();
    }

    /** Answers nothing, as reading a sighting needs no call. */
    private static final class NoEc2 implements Ec2Client {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
