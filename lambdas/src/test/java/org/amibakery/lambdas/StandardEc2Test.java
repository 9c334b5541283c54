package org.amibakery.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;

class StandardEc2Test {
    private final StandardEc2 ec2 = new StandardEc2();

    @Test
    void has_one_client_a_region() {
        Ec2Client ireland = ec2.in("eu-west-1");

        assertThat(ec2.in("eu-west-1")).isSameAs(ireland);
        assertThat(ec2.in("us-east-1")).isNotSameAs(ireland);
        assertThat(ireland.serviceClientConfiguration().region()).hasToString("eu-west-1");
    }

    @Test
    void tries_a_call_three_times() {
        RetryStrategy strategy = ec2.in("eu-west-1")
                .serviceClientConfiguration()
                .overrideConfiguration()
                .retryStrategy()
                .orElseThrow();

        assertThat(strategy.maxAttempts()).isEqualTo(3);
    }

    @Test
    void waits_for_no_answer_for_ever() {
        ClientOverrideConfiguration configuration =
                ec2.in("eu-west-1").serviceClientConfiguration().overrideConfiguration();

        assertThat(configuration.apiCallTimeout()).contains(StandardEc2.CALL_LIMIT);
        assertThat(configuration.apiCallAttemptTimeout().orElseThrow().multipliedBy(2))
                .isLessThan(StandardEc2.CALL_LIMIT);
    }
}
