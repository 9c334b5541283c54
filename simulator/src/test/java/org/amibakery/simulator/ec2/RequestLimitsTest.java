package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private final QuietEc2 aws = QuietEc2.withPublishedLimits();

    @Test
    void the_sixth_launch_in_a_moment_is_throttled_and_two_a_second_come_back() {
        for (int launch = 0; launch < 5; launch++) {
            aws.ec2.runInstances(aws.aLaunch().build());
        }
        assertRefused(
                        "RequestLimitExceeded",
                        () -> aws.ec2.runInstances(aws.aLaunch().build()))
                .hasMessage("Request limit exceeded.")
                .satisfies(
                        error -> assertThat(((SimulatorError) error).status()).isEqualTo(503));

        aws.passes(Duration.ofSeconds(1));
        aws.ec2.runInstances(aws.aLaunch().build());
        aws.ec2.runInstances(aws.aLaunch().build());

        assertThat(aws.ledger.buildersEverLaunched()).hasSize(7);
    }

    @Test
    void a_look_up_without_filter_has_the_smaller_bucket() {
        for (int call = 0; call < 50; call++) {
            aws.ec2.describeInstances(request -> {});
        }

        assertRefused("RequestLimitExceeded", () -> aws.ec2.describeInstances(request -> {}))
                .hasMessage("Request limit exceeded.");
        assertThat(aws.instanceIds(filter("instance-state-name", "running"))).isEmpty();
    }

    @Test
    void instances_launched_at_once_count_too() {
        aws.facts.allowsVcpus(10_000);
        aws.facts.allowsInstances(5_000);
        aws.ec2.runInstances(aws.aLaunch().minCount(1).maxCount(1_000).build());

        assertRefused(
                        "RequestLimitExceeded",
                        () -> aws.ec2.runInstances(aws.aLaunch().build()))
                .hasMessage("Request limit exceeded.");
    }
}
