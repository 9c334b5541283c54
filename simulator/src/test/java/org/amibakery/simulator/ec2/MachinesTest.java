package org.amibakery.simulator.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.amibakery.simulator.world.NewMachine;
import org.amibakery.simulator.world.PlatformFamily;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** EC2's states follow the machines behind the instances, and are no sooner than AWS's. */
class MachinesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final FakeMachines machines = new FakeMachines();
    private final QuietEc2 aws = QuietEc2.withMachines(machines);

    @Test
    void a_machine_is_launched_with_its_image_and_user_data() {
        String id = launch();

        assertThat(machines.launched).singleElement().satisfies(machine -> {
            assertThat(machine).returns(id, NewMachine::instanceId).returns("#!/bin/sh\nexit\n", NewMachine::userData);
            assertThat(machine.image().family()).isEqualTo(PlatformFamily.AMAZON_LINUX);
            assertThat(machine.image().architecture()).isEqualTo("x86_64");
        });
    }

    @Test
    void an_instance_is_pending_until_its_machine_runs() {
        String id = launch();

        aws.passes(LONG);
        assertThat(aws.stateOf(id)).isEqualTo("pending");

        machines.finish("launch");
        assertThat(aws.stateOf(id)).isEqualTo("running");
    }

    @Test
    void a_machine_that_is_quicker_than_aws_waits_for_it() {
        String id = launch();

        machines.finish("launch");

        aws.settles();
        assertThat(aws.stateOf(id)).isEqualTo("pending");
        aws.passes(Duration.ofSeconds(6));
        assertThat(aws.stateOf(id)).isEqualTo("running");
    }

    @Test
    void an_instance_whose_machine_cannot_be_made_ends_with_its_volumes() {
        String id = launch();
        aws.passes(LONG);

        machines.fail("launch", "no disk");

        assertThat(aws.instance(id)).returns("terminated", it -> it.state().nameAsString());
        assertThat(aws.instance(id).stateReason())
                .returns("Server.InternalError", StateReason::code)
                .returns("Server.InternalError: no disk", StateReason::message);
        assertThat(aws.ledger.leaked()).isEmpty();
    }

    @Test
    void an_image_without_a_root_is_refused_with_the_reason() {
        machines.reason = Optional.of("There is no root for Amazon Linux.");

        assertRefused("InvalidParameterValue", this::launch).hasMessage("There is no root for Amazon Linux.");
        assertThat(machines.launched).isEmpty();
    }

    @Test
    void a_machine_that_is_terminated_while_it_boots_never_runs() {
        String id = launch();
        aws.settles();

        aws.ec2.terminateInstances(request -> request.instanceIds(id));
        machines.finish("launch");
        aws.passes(LONG);
        assertThat(aws.stateOf(id)).isEqualTo("shutting-down");

        machines.finish("terminate");
        assertThat(aws.stateOf(id)).isEqualTo("terminated");
        assertThat(aws.ledger.leaked()).isEmpty();
    }

    @Test
    void an_instance_stops_when_its_machine_is_off_and_starts_again() {
        String id = runningInstance();

        aws.ec2.stopInstances(request -> request.instanceIds(id));
        aws.passes(LONG);
        assertThat(aws.stateOf(id)).isEqualTo("stopping");
        machines.finish("stop");
        assertThat(aws.stateOf(id)).isEqualTo("stopped");

        aws.ec2.startInstances(request -> request.instanceIds(id));
        aws.passes(LONG);
        assertThat(aws.stateOf(id)).isEqualTo("pending");
        machines.finish("start");
        assertThat(aws.stateOf(id)).isEqualTo("running");
    }

    @Test
    void a_machine_that_powers_itself_off_stops_or_terminates_as_its_launch_asked() {
        String stopping = runningInstance();
        String terminating = runningInstance(ShutdownBehavior.TERMINATE);

        machines.powersItselfOff(stopping);
        machines.powersItselfOff(terminating);

        machines.finish("stop");
        machines.finish("terminate");
        aws.passes(LONG);
        assertThat(aws.stateOf(stopping)).isEqualTo("stopped");
        assertThat(aws.stateOf(terminating)).isEqualTo("terminated");
        assertThat(aws.instance(terminating).stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
    }

    @Test
    void a_machine_that_powers_itself_off_while_it_boots_never_runs() {
        String id = launch();

        machines.powersItselfOff(id);
        machines.finish("stop");
        aws.passes(LONG);

        assertThat(aws.stateOf(id)).isEqualTo("stopped");
    }

    @Test
    void an_image_is_pending_until_the_disk_is_kept() {
        Image image = image(runningInstance());

        aws.passes(LONG);
        assertThat(aws.image(image.imageId()).stateAsString()).isEqualTo("pending");

        machines.finish("archive");
        assertThat(aws.image(image.imageId()).stateAsString()).isEqualTo("available");
    }

    @Test
    void an_image_whose_disk_cannot_be_kept_fails() {
        Image image = image(runningInstance());
        aws.passes(LONG);

        machines.fail("archive", "no space left");

        assertThat(aws.image(image.imageId()).stateAsString()).isEqualTo("failed");
        assertThat(aws.image(image.imageId()).stateReason().message()).isEqualTo("Server.InternalError: no space left");
    }

    @Test
    void a_copy_has_the_content_and_a_deregistered_image_has_none() {
        Image image = image(runningInstance());
        machines.finish("archive");
        aws.passes(LONG);

        aws.ec2.copyImage(request -> request.sourceImageId(image.imageId())
                .sourceRegion(QuietEc2.HOME.region())
                .name("copy"));
        aws.ec2.deregisterImage(request -> request.imageId(image.imageId()));

        assertThat(machines.asked).containsSubsequence("archive", "copy", "forget");
    }

    @Test
    void the_console_is_the_machines() {
        String id = runningInstance();

        assertThat(new String(
                        Base64.getDecoder()
                                .decode(aws.ec2
                                        .getConsoleOutput(request -> request.instanceId(id))
                                        .output()),
                        UTF_8))
                .isEqualTo("console of " + id);
    }

    @Test
    void a_seeded_instance_has_no_machine() {
        String image = aws.amazonLinux("x86_64").imageId();

        aws.facts.runsInstanceFrom(image);

        assertThat(machines.launched).isEmpty();
    }

    private String launch() {
        return launch(ShutdownBehavior.STOP);
    }

    private String launch(ShutdownBehavior shutdown) {
        String userData = Base64.getEncoder().encodeToString("#!/bin/sh\nexit\n".getBytes(UTF_8));
        Instance launched = aws.ec2
                .runInstances(aws.aLaunch()
                        .userData(userData)
                        .instanceInitiatedShutdownBehavior(shutdown)
                        .build())
                .instances()
                .get(0);
        return launched.instanceId();
    }

    private String runningInstance() {
        return runningInstance(ShutdownBehavior.STOP);
    }

    private String runningInstance(ShutdownBehavior shutdown) {
        String id = launch(shutdown);
        machines.finish("launch");
        aws.passes(LONG);
        assertThat(aws.stateOf(id)).isEqualTo("running");
        return id;
    }

    private Image image(String instanceId) {
        String id = aws.ec2
                .createImage(request -> request.instanceId(instanceId).name("baked"))
                .imageId();
        aws.settles();
        return aws.image(id);
    }
}
