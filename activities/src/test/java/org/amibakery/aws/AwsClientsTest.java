package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

class AwsClientsTest {
    private static final Region REGION = new Region("us-east-1");

    private final Simulator aws = Simulator.start(SimulatorOptions.forTests());
    private final AwsEndpoint endpoint = new AwsEndpoint(
            aws.endpoint(), aws.credentials().id(), aws.credentials().secret());
    private final AwsClients clients = AwsClients.at(endpoint);

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void a_region_has_one_client_of_each_kind() {
        assertThat(clients.ec2(REGION)).isSameAs(clients.ec2(new Region("us-east-1")));
        assertThat(clients.ec2(new Region("eu-west-1"))).isNotSameAs(clients.ec2(REGION));
        assertThat(clients.ssmWithoutRetries(REGION)).isNotSameAs(clients.ssm(REGION));
    }

    @Test
    void a_throttled_call_is_sent_three_times() {
        aws.faults().on("DescribeInstances").beforeCommit(FaultEffect.throttle());
        assertThatThrownBy(() -> clients.ec2(REGION).describeInstances()).isInstanceOf(SdkException.class);
        assertThat(aws.calls().count("DescribeInstances")).isEqualTo(3);
    }

    @Test
    void missing_capacity_is_not_asked_for_again_though_its_status_is_500() {
        aws.faults()
                .on("DescribeInstances")
                .beforeCommit(FaultEffect.error(SimulatorError.of(500, "InsufficientInstanceCapacity", "None left")));
        assertThatThrownBy(() -> clients.ec2(REGION).describeInstances())
                .hasMessageContaining("None left")
                .isInstanceOf(SdkException.class);
        assertThat(aws.calls().count("DescribeInstances")).isEqualTo(1);
    }

    @Test
    void what_makes_something_is_sent_once_so_that_no_lost_answer_hides_behind_a_refusal() {
        aws.faults().on("RunInstances").beforeCommit(FaultEffect.close());
        assertThatThrownBy(() -> clients.ec2WithoutRetries(REGION).runInstances(request -> request.minCount(1)))
                .isInstanceOf(SdkException.class);
        assertThat(aws.calls().count("RunInstances")).isEqualTo(1);
    }

    @Test
    void a_command_is_sent_once_whatever_became_of_it() {
        aws.faults().on("SendCommand").beforeCommit(FaultEffect.close());
        assertThatThrownBy(() -> clients.ssmWithoutRetries(REGION)
                        .sendCommand(request ->
                                request.documentName("AWS-RunShellScript").instanceIds("i-1")))
                .isInstanceOf(SdkException.class);
        assertThat(aws.calls().count("SendCommand")).isEqualTo(1);
    }

    @Test
    void a_command_is_sent_or_given_up_before_its_activity_can_fall_silent() {
        assertThat(clients.ssmWithoutRetries(REGION)
                        .serviceClientConfiguration()
                        .overrideConfiguration()
                        .apiCallTimeout())
                .contains(Duration.ofSeconds(10));
    }

    @Test
    void a_function_is_invoked_once_whatever_became_of_it() {
        aws.faults().on("Invoke").beforeCommit(FaultEffect.close());
        assertThatThrownBy(() -> clients.lambda(REGION).invoke(request -> request.functionName("clean-up-images")))
                .isInstanceOf(SdkException.class);
        assertThat(aws.calls().count("Invoke")).isEqualTo(1);
    }

    @Test
    void an_endpoint_keeps_its_secret_out_of_its_text() {
        assertThat(endpoint.toString()).doesNotContain(endpoint.secretAccessKey());
    }
}
