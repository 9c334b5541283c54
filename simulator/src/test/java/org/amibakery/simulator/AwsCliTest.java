package org.amibakery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCliTest {
    private final Simulator aws = Simulator.start(SimulatorOptions.forTests().withRegion("eu-west-1"));

    @TempDir
    private Path folder;

    private ForeignTool cli;

    @BeforeEach
    void find_the_cli() {
        cli = ForeignTool.require("aws", "Install it with: pip install awscli", aws);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void the_aws_cli_lists_images_launches_describes_and_terminates() throws Exception {
        String imageId = ec2(
                "describe-images",
                "--owners",
                "amazon",
                "--filters",
                "Name=architecture,Values=x86_64",
                "Name=state,Values=available",
                "--query",
                "sort_by(Images,&CreationDate)[-1].ImageId");
        String instanceId = ec2(
                "run-instances",
                "--image-id",
                imageId,
                "--instance-type",
                "t3.micro",
                "--query",
                "Instances[0].InstanceId");
        String state = ec2(
                "describe-instances", "--instance-ids", instanceId, "--query", "Reservations[].Instances[].State.Name");
        String ending = ec2(
                "terminate-instances",
                "--instance-ids",
                instanceId,
                "--query",
                "TerminatingInstances[].CurrentState.Name");

        assertThat(imageId).startsWith("ami-");
        assertThat(state).isEqualTo("running");
        assertThat(ending).isEqualTo("shutting-down");
        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
        assertThat(aws.ledger().leaked()).isEmpty();
    }

    private String ec2(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 5];
        command[0] = "--endpoint-url";
        command[1] = aws.endpoint().toString();
        command[2] = "--output";
        command[3] = "text";
        command[4] = "ec2";
        System.arraycopy(arguments, 0, command, 5, arguments.length);
        return cli.succeeds(folder, command).strip();
    }
}
