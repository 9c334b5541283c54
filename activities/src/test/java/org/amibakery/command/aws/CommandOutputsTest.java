package org.amibakery.command.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

class CommandOutputsTest {
    private static final String KEPT = "x".repeat(24_000);

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final S3Client s3 = clients.s3(new Region("us-east-1"));

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void reads_the_end_of_a_long_output_from_s3() {
        s3.createBucket(request -> request.bucket("outputs"));
        s3.putObject(
                request -> request.bucket("outputs").key("commands/1/stdout"),
                RequestBody.fromString(KEPT + "\nAMI-BAKERY changed=1\n"));

        CommandOutput output = new CommandOutputs(s3).of(invocation(KEPT));

        assertThat(OutputTail.summary(output)).isEqualTo("changed=1");
    }

    @Test
    void reads_an_end_that_begins_in_the_midst_of_a_character() {
        byte[] output = (KEPT + "\u00fc" + "y".repeat(8191)).getBytes(UTF_8);
        s3.createBucket(request -> request.bucket("outputs"));
        s3.putObject(request -> request.bucket("outputs").key("commands/1/stdout"), RequestBody.fromBytes(output));

        assertThat(new CommandOutputs(s3).of(invocation(KEPT)).standardOutput())
                .endsWith("yyy")
                .hasSize(8192);
    }

    @Test
    void makes_do_with_the_beginning_when_s3_has_nothing() {
        assertThat(new CommandOutputs(s3).of(invocation(KEPT)).standardOutput()).isEqualTo(KEPT);
    }

    @Test
    void asks_s3_for_nothing_that_ssm_has_whole() {
        assertThat(new CommandOutputs(s3).of(invocation("short")).standardOutput())
                .isEqualTo("short");
        assertThat(simulator.calls().count("GetObject")).isZero();
    }

    private static GetCommandInvocationResponse invocation(String standardOutput) {
        return GetCommandInvocationResponse.builder()
                .standardOutputContent(standardOutput)
                .standardOutputUrl("https://s3.us-east-1.amazonaws.com/outputs/commands/1/stdout")
                .standardErrorContent("")
                .build();
    }
}
