package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

class LaunchTokenTest {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void the_same_token_and_parameters_mean_the_same_instance() {
        RunInstancesRequest launch = aws.aLaunch().clientToken("bake-1").build();

        RunInstancesResponse first = aws.ec2.runInstances(launch);
        RunInstancesResponse second = aws.ec2.runInstances(launch);

        assertThat(second.reservationId()).isEqualTo(first.reservationId());
        assertThat(aws.ledger.buildersEverLaunched()).hasSize(1);
    }

    @Test
    void without_a_token_every_call_launches() {
        RunInstancesRequest launch = aws.aLaunch().build();

        aws.ec2.runInstances(launch);
        aws.ec2.runInstances(launch);

        assertThat(aws.ledger.buildersEverLaunched()).hasSize(2);
    }

    @Test
    void a_token_with_changed_parameters_is_refused() {
        aws.ec2.runInstances(aws.aLaunch().clientToken("bake-1").build());

        assertRefused(
                        "IdempotentParameterMismatch",
                        () -> aws.ec2.runInstances(aws.aLaunch()
                                .clientToken("bake-1")
                                .instanceType("m5.large")
                                .build()))
                .hasMessageContaining("inconsistent with arguments used in previous request");
    }

    @Test
    void a_token_in_another_zone_launches_a_second_instance() {
        List<String> subnets = aws.facts.subnetIds();

        aws.ec2.runInstances(
                aws.aLaunch().clientToken("bake-1").subnetId(subnets.get(0)).build());
        aws.ec2.runInstances(
                aws.aLaunch().clientToken("bake-1").subnetId(subnets.get(1)).build());

        assertThat(aws.ledger.buildersEverLaunched()).hasSize(2);
    }

    @Test
    void a_token_in_another_region_launches_a_second_instance() {
        aws.ec2.runInstances(aws.aLaunch().clientToken("bake-1").build());
        String imageThere = aws.inRegion("us-east-1")
                .describeImages(request -> request.owners("amazon")
                        .filters(filter("architecture", "x86_64"), filter("state", "available")))
                .images()
                .get(0)
                .imageId();

        aws.inRegion("us-east-1")
                .runInstances(
                        aws.aLaunch().imageId(imageThere).clientToken("bake-1").build());

        assertThat(aws.ledger.buildersEverLaunched()).hasSize(2);
    }

    @Test
    void a_token_outlives_its_instance() {
        RunInstancesRequest launch = aws.aLaunch().clientToken("bake-1").build();
        String id = aws.ec2.runInstances(launch).instances().get(0).instanceId();
        aws.settles();
        aws.ec2.terminateInstances(request -> request.instanceIds(id));

        assertRefused("IdempotentInstanceTerminated", () -> aws.ec2.runInstances(launch))
                .hasMessageContaining("associated with instances that are terminated");
    }

    @Test
    void a_dead_token_may_give_the_dead_instance() {
        aws.facts.answersDeadTokensWithTheDeadInstance();
        RunInstancesRequest launch = aws.aLaunch().clientToken("bake-1").build();
        String id = aws.ec2.runInstances(launch).instances().get(0).instanceId();
        aws.settles();
        aws.ec2.terminateInstances(request -> request.instanceIds(id));

        assertThat(aws.ec2.runInstances(launch).instances().get(0).state().nameAsString())
                .isEqualTo("shutting-down");
    }

    @Test
    void a_refused_launch_does_not_use_up_its_token() {
        RunInstancesRequest launch = aws.aLaunch().clientToken("bake-1").build();
        aws.facts.hasNoCapacityFor("t3.medium");
        assertRefused("InsufficientInstanceCapacity", () -> aws.ec2.runInstances(launch))
                .satisfies(
                        error -> assertThat(((SimulatorError) error).status()).isEqualTo(500));

        aws.facts.hasCapacityAgain();
        aws.ec2.runInstances(launch);

        assertThat(aws.ledger.buildersEverLaunched()).hasSize(1);
    }
}
