package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The control of the fault matrix: the lost reply does its damage where every attempt makes a token of its own. */
class LaunchTokenControlTest {
    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = SimulatedInstallation.clients(simulator);
    private final String image =
            simulator.ec2().ownsImage("control", simulator.options().clock().now(), Map.of());

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void a_launch_repeated_with_a_fresh_token_after_a_lost_reply_makes_two_builders() {
        Fault lost = theReplyIsLost();

        assertThatThrownBy(() -> launch("attempt-1")).isInstanceOf(SdkClientException.class);
        launch("attempt-2");

        assertThat(lost.timesFired()).isEqualTo(3);
        assertThat(simulator.ledger().mostBuildersAliveAtOnce()).isEqualTo(2);
    }

    @Test
    void a_launch_repeated_with_its_token_after_a_lost_reply_makes_one_builder() {
        Fault lost = theReplyIsLost();

        assertThatThrownBy(() -> launch("the-launch")).isInstanceOf(SdkClientException.class);
        launch("the-launch");

        assertThat(lost.timesFired()).isEqualTo(3);
        assertThat(simulator.ledger().buildersEverLaunched()).hasSize(1);
    }

    private Fault theReplyIsLost() {
        return simulator.faults().on("RunInstances").atFirstCalls(3).afterCommit(FaultEffect.close());
    }

    private void launch(String token) {
        var unused = clients.ec2(new Region("us-east-1")).runInstances(call -> call.clientToken(token)
                .imageId(image)
                .instanceType("t3.micro")
                .minCount(1)
                .maxCount(1));
    }
}
