package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.amibakery.simulator.ec2.QuietEc2.rootDevice;
import static org.amibakery.simulator.ec2.QuietEc2.tags;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;

class InstanceLifeTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void an_instance_is_not_found_right_after_its_launch() {
        String id =
                aws.ec2.runInstances(aws.aLaunch().build()).instances().get(0).instanceId();

        assertRefused("InvalidInstanceID.NotFound", () -> aws.instance(id)).hasMessageContaining(id);
        assertRefused("InvalidInstanceID.NotFound", () -> aws.ec2.terminateInstances(r -> r.instanceIds(id)))
                .hasMessageContaining(id);
        assertThat(aws.instanceIds(filter("instance-state-name", "pending"))).isEmpty();
        assertThat(aws.ledger.buildersEverLaunched()).hasSize(1);

        aws.settles();
        assertThat(aws.stateOf(id)).isEqualTo("pending");
    }

    @Test
    void an_instance_can_stay_unseen_for_minutes() {
        aws.facts.instanceNotFoundFor(Duration.ofMinutes(5));
        String id =
                aws.ec2.runInstances(aws.aLaunch().build()).instances().get(0).instanceId();

        aws.passes(Duration.ofMinutes(4));
        assertRefused("InvalidInstanceID.NotFound", () -> aws.instance(id)).hasMessageContaining(id);

        aws.passes(Duration.ofMinutes(1));
        assertThat(aws.stateOf(id)).isEqualTo("running");
    }

    @Test
    void a_running_instance_can_be_lost_from_sight() {
        String id = aws.runningInstance().instanceId();

        aws.facts.losesSightOf(id, Duration.ofMinutes(1));

        assertRefused("InvalidInstanceID.NotFound", () -> aws.ec2.terminateInstances(r -> r.instanceIds(id)))
                .hasMessageContaining(id);
        assertThat(aws.fleet().find(id).orElseThrow().isRunning()).isTrue();
        aws.passes(Duration.ofMinutes(1));
        assertThat(aws.stateOf(id)).isEqualTo("running");
    }

    @Test
    void tags_lag_behind_their_instance() {
        aws.facts.tagsStayInvisibleFor(Duration.ofSeconds(30));
        String id = aws.runningInstance(launch -> launch.tagSpecifications(tags("instance", "bake", "7")))
                .instanceId();
        Filter tag = filter("tag:bake", "7");

        assertThat(aws.instanceIds(tag)).isEmpty();
        assertThat(aws.instanceIds(filter("instance-id", id))).containsExactly(id);

        aws.passes(Duration.ofSeconds(30));
        assertThat(aws.instanceIds(tag)).containsExactly(id);
        assertThat(aws.instanceIds(filter("tag-key", "ba*"))).containsExactly(id);
    }

    @Test
    void a_life_goes_through_every_state_in_its_time() {
        String id = aws.runningInstance().instanceId();

        aws.ec2.stopInstances(request -> request.instanceIds(id));
        assertThat(aws.stateOf(id)).isEqualTo("stopping");
        aws.passes(Duration.ofSeconds(15));
        assertThat(aws.stateOf(id)).isEqualTo("stopped");
        aws.ec2.startInstances(request -> request.instanceIds(id));
        assertThat(aws.stateOf(id)).isEqualTo("pending");
        aws.passes(Duration.ofSeconds(8));
        assertThat(aws.stateOf(id)).isEqualTo("running");
        aws.ec2.terminateInstances(request -> request.instanceIds(id));
        assertThat(aws.stateOf(id)).isEqualTo("shutting-down");
        aws.passes(Duration.ofSeconds(10));

        assertThat(aws.stateOf(id)).isEqualTo("terminated");
        assertThat(aws.instance(id).stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
    }

    @Test
    void a_terminated_instance_shows_for_an_hour_and_vanishes() {
        String id = aws.runningInstance().instanceId();
        aws.ec2.terminateInstances(request -> request.instanceIds(id));

        aws.passes(Duration.ofMinutes(59));
        assertThat(aws.stateOf(id)).isEqualTo("terminated");

        aws.passes(Duration.ofMinutes(2));
        assertRefused("InvalidInstanceID.NotFound", () -> aws.instance(id)).hasMessageContaining(id);
        assertThat(aws.instanceIds()).isEmpty();
    }

    @Test
    void terminating_twice_is_no_error() {
        String id = aws.runningInstance().instanceId();
        aws.ec2.terminateInstances(request -> request.instanceIds(id));
        aws.passes(Duration.ofMinutes(1));

        assertThat(aws.ec2
                        .terminateInstances(request -> request.instanceIds(id))
                        .terminatingInstances()
                        .get(0)
                        .currentState()
                        .nameAsString())
                .isEqualTo("terminated");
    }

    @Test
    void one_bad_id_in_a_batch_saves_all() {
        String id = aws.runningInstance().instanceId();

        assertRefused(
                        "InvalidInstanceID.NotFound",
                        () -> aws.ec2.terminateInstances(request -> request.instanceIds(id, "i-0123456789abcdef0")))
                .hasMessageContaining("i-0123456789abcdef0");
        assertRefused("InvalidInstanceID.Malformed", () -> aws.ec2.terminateInstances(r -> r.instanceIds(id, "me")))
                .hasMessage("Invalid id: \"me\"");

        assertThat(aws.stateOf(id)).isEqualTo("running");
    }

    @Test
    void termination_protection_holds_until_it_is_lifted() {
        String id = aws.runningInstance(launch -> launch.disableApiTermination(true))
                .instanceId();
        assertRefused("OperationNotPermitted", () -> aws.ec2.terminateInstances(r -> r.instanceIds(id)))
                .hasMessageContaining("disableApiTermination");

        aws.ec2.modifyInstanceAttribute(
                request -> request.instanceId(id).disableApiTermination(protection -> protection.value(false)));
        aws.ec2.terminateInstances(request -> request.instanceIds(id));

        assertThat(aws.stateOf(id)).isEqualTo("shutting-down");
    }

    @Test
    void an_instance_can_die_while_pending() {
        aws.facts.instanceDiesInPending("Server.InternalError");

        Instance instance = aws.runningInstance();

        assertThat(instance.state().nameAsString()).isEqualTo("terminated");
        assertThat(instance.stateReason().code()).isEqualTo("Server.InternalError");
        assertThat(aws.ledger.leaked()).isEmpty();
        assertThat(aws.runningInstance().state().nameAsString()).isEqualTo("running");
    }

    @Test
    void an_instance_shuts_down_as_its_launch_asked() {
        String stops = aws.runningInstance().instanceId();
        String ends = aws.runningInstance(launch -> launch.instanceInitiatedShutdownBehavior("terminate"))
                .instanceId();

        aws.facts.instanceShutsDown(stops);
        aws.facts.instanceShutsDown(ends);

        assertThat(aws.stateOf(stops)).isEqualTo("stopping");
        assertThat(aws.stateOf(ends)).isEqualTo("shutting-down");
        assertThat(aws.instance(ends).stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
    }

    @Test
    void neighbours_hear_of_a_termination_once() {
        List<String> heard = new ArrayList<>();
        aws.fleet().whenTerminated(heard::add);
        String id = aws.runningInstance().instanceId();

        aws.ec2.terminateInstances(request -> request.instanceIds(id));
        aws.ec2.terminateInstances(request -> request.instanceIds(id));

        assertThat(heard).containsExactly(id);
    }

    @Test
    void a_volume_goes_with_its_instance_unless_told_otherwise() {
        aws.runningInstance();
        String kept = aws.runningInstance(
                        launch -> launch.blockDeviceMappings(rootDevice(ebs -> ebs.deleteOnTermination(false))))
                .instanceId();
        aws.ec2.terminateInstances(request -> request.instanceIds(aws.instanceIds()));
        aws.passes(Duration.ofSeconds(10));

        assertThat(aws.ec2.describeVolumes(request -> {}).volumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.stateAsString()).isEqualTo("available"));
        assertThat(aws.ledger.leaked()).singleElement().satisfies(leak -> assertThat(leak.origin())
                .isEqualTo(kept));
    }

    @Test
    void a_page_holds_as_many_instances_as_asked_and_all_pages_hold_all() {
        aws.ec2.runInstances(aws.aLaunch().maxCount(12).build());
        aws.ec2.runInstances(aws.aLaunch().build());
        aws.settles();

        List<String> paged = aws.ec2.describeInstancesPaginator(request -> request.maxResults(5)).stream()
                .flatMap(page -> page.reservations().stream())
                .map(Reservation::instances)
                .flatMap(List::stream)
                .map(Instance::instanceId)
                .toList();

        assertThat(paged).hasSize(13).doesNotHaveDuplicates();
        assertRefused("InvalidParameterValue", () -> aws.ec2.describeInstances(r -> r.maxResults(4)))
                .hasMessageContaining("greater than 5");
        assertRefused(
                        "InvalidParameterCombination",
                        () -> aws.ec2.describeInstances(r -> r.maxResults(5).instanceIds(paged.get(0))))
                .hasMessageContaining("instancesSet");
    }

    @Test
    void unknown_filters_and_too_many_values_are_refused() {
        assertRefused("InvalidParameterValue", () -> aws.instanceIds(filter("colour", "red")))
                .hasMessage("The filter 'colour' is invalid");
        String[] values = Collections.nCopies(201, "x").toArray(String[]::new);
        assertRefused("FilterLimitExceeded", () -> aws.instanceIds(filter("client-token", values)))
                .hasMessageContaining("200");
    }

    @Test
    void an_instance_is_found_by_its_client_token() {
        String id = aws.runningInstance(launch -> launch.clientToken("bake-7")).instanceId();
        aws.runningInstance(launch -> launch.clientToken("bake-8"));

        assertThat(aws.instanceIds(filter("client-token", "bake-7"))).containsExactly(id);
    }

    @Test
    void what_a_stopped_or_dead_instance_cannot_do_is_refused() {
        String id = aws.runningInstance().instanceId();
        assertRefused(
                        "IncorrectInstanceState",
                        () -> aws.ec2.modifyInstanceAttribute(
                                r -> r.instanceId(id).instanceType(type -> type.value("t3.large"))))
                .hasMessageContaining("not in the 'stopped' state");
        aws.ec2.terminateInstances(request -> request.instanceIds(id));

        assertRefused("IncorrectInstanceState", () -> aws.ec2.stopInstances(r -> r.instanceIds(id)))
                .hasMessageContaining("from which it can be stopped");
    }

    @Test
    void only_running_instances_have_a_status_unless_all_are_asked_for() {
        String id = aws.runningInstance().instanceId();
        aws.ec2.runInstances(aws.aLaunch().build());
        aws.settles();

        assertThat(aws.ec2.describeInstanceStatus(request -> {}).instanceStatuses())
                .singleElement()
                .satisfies(status -> assertThat(status.instanceId()).isEqualTo(id));
        assertThat(aws.ec2
                        .describeInstanceStatus(request -> request.includeAllInstances(true))
                        .instanceStatuses())
                .hasSize(2);
    }
}
