package org.amibakery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;

class FaultsTest {
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    private final Ec2Client handler = new SilentEc2() {
        @Override
        public RunInstancesResponse runInstances(RunInstancesRequest request) {
            tokens.add(Optional.ofNullable(request.clientToken()).orElse("none"));
            return RunInstancesResponse.builder().reservationId("r-1").build();
        }
    };

    static Stream<Arguments> faultsTheSdkRetries() {
        return Stream.of(
                Arguments.of("an error 500", FaultEffect.internalError()),
                Arguments.of("an error 503", FaultEffect.unavailable()),
                Arguments.of("a throttle", FaultEffect.throttle()),
                Arguments.of("a closed connection", FaultEffect.close()),
                Arguments.of("a reset connection", FaultEffect.reset()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsTheSdkRetries")
    void the_sdk_repeats_a_launch_with_its_token_after(String name, FaultEffect effect) {
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            Fault fault = clients.faults.on("RunInstances").atCall(1).afterCommit(effect);

            assertThat(launch(ec2).reservationId()).isEqualTo("r-1");

            assertThat(fault.timesFired()).isEqualTo(1);
            assertThat(tokens).hasSize(2).doesNotContain("none");
            assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
            assertThat(clients.calls.of("RunInstances"))
                    .extracting(Call::attempt)
                    .containsExactly(1, 2);
            assertThat(clients.calls.of("RunInstances").get(0).fault()).contains(fault.toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsTheSdkRetries")
    void nothing_happened_when_the_call_failed_before_the_commit_by(String name, FaultEffect effect) {
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            Fault fault = clients.faults.on("RunInstances").atCall(1).beforeCommit(effect);

            launch(ec2);

            assertThat(fault.timesFired()).isEqualTo(1);
            assertThat(tokens).hasSize(1);
        }
    }

    @Test
    void half_an_ec2_answer_is_not_retried_by_the_sdk() {
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            Fault fault = clients.faults.on("RunInstances").atCall(1).afterCommit(FaultEffect.halfAnswer());

            assertThatThrownBy(() -> launch(ec2))
                    .isInstanceOf(SdkClientException.class)
                    .hasMessageContaining("Unable to unmarshall response");
            assertThat(fault.timesFired()).isEqualTo(1);
            assertThat(tokens).hasSize(1);
        }
    }

    @Test
    void half_a_json_answer_is_retried_by_the_sdk() {
        SsmClient parameters = new SilentSsm() {
            @Override
            public GetParameterResponse getParameter(GetParameterRequest request) {
                return GetParameterResponse.builder()
                        .parameter(parameter -> parameter.name(request.name()).value("x".repeat(2_000)))
                        .build();
            }
        };
        try (Clients clients = new Clients(parameters);
                SsmClient ssm = clients.client(SsmClient.builder())) {
            Fault fault = clients.faults.on("GetParameter").atCall(1).afterCommit(FaultEffect.halfAnswer());

            assertThat(ssm.getParameter(request -> request.name("/p"))
                            .parameter()
                            .name())
                    .isEqualTo("/p");
            assertThat(fault.timesFired()).isEqualTo(1);
            assertThat(clients.calls.of("GetParameter")).hasSize(2);
        }
    }

    @Test
    void a_hung_call_is_repeated_after_the_attempt_timeout() {
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            launch(ec2); // warm, so that the attempt timeout hits only the hang
            tokens.clear();
            Fault fault = clients.faults.on("RunInstances").atCall(1).afterCommit(FaultEffect.hang());

            ec2.runInstances(request -> request.imageId("ami-1")
                    .overrideConfiguration(config -> config.apiCallAttemptTimeout(Duration.ofSeconds(2))));

            assertThat(fault.timesFired()).isEqualTo(1);
            assertThat(tokens).hasSize(2);
            assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
        }
    }

    @Test
    void a_delay_and_an_action_let_the_call_go_on() {
        AtomicInteger ran = new AtomicInteger();
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            Fault delay = clients.faults.on("RunInstances").beforeCommit(FaultEffect.delay(Duration.ofMillis(5)));
            Fault action = clients.faults.on("RunInstances").beforeCommit(FaultEffect.run(ran::incrementAndGet));

            assertThat(launch(ec2).reservationId()).isEqualTo("r-1");

            assertThat(delay.timesFired()).isEqualTo(1);
            assertThat(action.timesFired()).isEqualTo(1);
            assertThat(ran).hasValue(1);
            assertThat(clients.calls.last().duration()).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        }
    }

    @Test
    void a_fault_hits_only_the_calls_it_names() {
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            SimulatorError refusal = SimulatorError.refused("VcpuLimitExceeded", "No more vCPUs");
            Fault second = clients.faults
                    .on("RunInstances")
                    .matching(RunInstancesRequest.class, request -> request.imageId()
                            .equals("ami-2"))
                    .inRegion("eu-west-1")
                    .atCall(2)
                    .beforeCommit(FaultEffect.error(refusal));

            launch(ec2);
            launch(ec2, "ami-2");
            launch(ec2);
            assertThatThrownBy(() -> launch(ec2, "ami-2"))
                    .isInstanceOf(Ec2Exception.class)
                    .hasMessageContaining("No more vCPUs");
            launch(ec2, "ami-2");

            assertThat(second.timesFired()).isEqualTo(1);
            assertThat(tokens).hasSize(4);
        }
    }

    @Test
    void a_seeded_probability_fires_the_same_calls_every_time() {
        assertThat(refusedOfTwenty()).isNotEmpty().hasSizeLessThan(20).isEqualTo(refusedOfTwenty());
    }

    @Test
    void a_withdrawn_fault_fires_no_more() {
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            Fault fault = clients.faults.on("RunInstances").atFirstCalls(100).afterCommit(FaultEffect.throttle());
            assertThatThrownBy(() -> launch(ec2)).hasMessageContaining("Rate exceeded");
            clients.faults.withdraw(fault);

            launch(ec2);

            assertThat(fault.timesFired()).isEqualTo(3);
            assertThat(tokens).hasSize(4);
        }
    }

    private List<Integer> refusedOfTwenty() {
        List<Integer> refused = new CopyOnWriteArrayList<>();
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            clients.faults
                    .on("RunInstances")
                    .withProbability(0.5, new Random(7))
                    .beforeCommit(FaultEffect.error(SimulatorError.refused("InvalidAMIID.NotFound", "no")));
            for (int turn = 0; turn < 20; turn++) {
                try {
                    launch(ec2);
                } catch (Ec2Exception expected) {
                    refused.add(turn);
                }
            }
        }
        return refused;
    }

    private static RunInstancesResponse launch(Ec2Client ec2) {
        return launch(ec2, "ami-1");
    }

    private static RunInstancesResponse launch(Ec2Client ec2, String imageId) {
        return ec2.runInstances(request -> request.imageId(imageId).minCount(1).maxCount(1));
    }
}
