package org.amibakery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCliTest {
    private static final String QUERY = "--query";
    private static final String BUCKET = "--bucket=playbooks";
    private static final String KEY = "--key=base.zip";

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
        String imageId = newestImage();
        String instanceId = run(
                "ec2",
                "run-instances",
                "--image-id",
                imageId,
                "--instance-type",
                "t3.micro",
                QUERY,
                "Instances[0].InstanceId");
        String state = run(
                "ec2",
                "describe-instances",
                "--instance-ids",
                instanceId,
                QUERY,
                "Reservations[].Instances[].State.Name");
        String ending = run(
                "ec2",
                "terminate-instances",
                "--instance-ids",
                instanceId,
                QUERY,
                "TerminatingInstances[].CurrentState.Name");

        assertThat(imageId).startsWith("ami-");
        assertThat(state).isEqualTo("running");
        assertThat(ending).isEqualTo("shutting-down");
        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
        assertThat(aws.ledger().leaked()).isEmpty();
    }

    @Test
    void the_aws_cli_keeps_versions_in_s3() throws Exception {
        Path playbook = folder.resolve("base.zip");
        run("s3api", "create-bucket", BUCKET, "--create-bucket-configuration", "LocationConstraint=eu-west-1");
        run("s3api", "put-bucket-versioning", BUCKET, "--versioning-configuration", "Status=Enabled");
        Files.writeString(playbook, "first");
        String first = run("s3api", "put-object", BUCKET, KEY, "--body", playbook.toString(), QUERY, "VersionId");
        Files.writeString(playbook, "second");
        String second = run("s3api", "put-object", BUCKET, KEY, "--body", playbook.toString(), QUERY, "VersionId");

        Path fetched = folder.resolve("fetched.zip");
        run("s3api", "get-object", BUCKET, KEY, "--version-id", first, fetched.toString());
        String versions = run("s3api", "list-object-versions", BUCKET, QUERY, "Versions[].[VersionId,IsLatest]");

        assertThat(fetched).hasContent("first");
        assertThat(versions.lines())
                .map(line -> line.replace('\t', ' '))
                .containsExactly(second + " True", first + " False");
    }

    @Test
    void the_aws_cli_runs_a_command_on_a_builder() throws Exception {
        Path document = Files.writeString(
                folder.resolve("greet.json"),
                """
                {"schemaVersion": "2.2", "description": "Greets.", "mainSteps": [{
                  "action": "aws:runShellScript", "name": "greet", "inputs": {"runCommand": ["echo hello"]}}]}
                """);
        run(
                "ssm",
                "create-document",
                "--name",
                "greet",
                "--document-type",
                "Command",
                "--content",
                "file://" + document);
        String instanceId = run(
                "ec2",
                "run-instances",
                "--image-id",
                newestImage(),
                "--instance-type",
                "t3.micro",
                "--iam-instance-profile",
                "Name=ami-bakery-builder",
                QUERY,
                "Instances[0].InstanceId");

        String commandId = run(
                "ssm",
                "send-command",
                "--document-name",
                "greet",
                "--instance-ids",
                instanceId,
                QUERY,
                "Command.CommandId");
        run("ssm", "wait", "command-executed", "--command-id", commandId, "--instance-id", instanceId);
        String outcome = run(
                "ssm",
                "get-command-invocation",
                "--command-id",
                commandId,
                "--instance-id",
                instanceId,
                QUERY,
                "[Status,ResponseCode,DocumentName]");

        assertThat(outcome.split("\\s+")).containsExactly("Success", "0", "greet");
    }

    @Test
    void the_aws_cli_reads_the_parameter_it_put() throws Exception {
        run("ssm", "put-parameter", "--name", "/ami-bakery/newest", "--type", "String", "--value", "ami-0abc");

        String value = run("ssm", "get-parameter", "--name", "/ami-bakery/newest", QUERY, "Parameter.[Value,Version]");

        assertThat(value.split("\\s+")).containsExactly("ami-0abc", "1");
    }

    @Test
    void the_aws_cli_learns_who_it_is() throws Exception {
        String account = run("sts", "get-caller-identity", QUERY, "Account");

        assertThat(account).isEqualTo(aws.options().account());
    }

    @Test
    void the_aws_cli_invokes_a_function_and_sees_that_one_failed() throws Exception {
        aws.function("echo", payload -> payload);
        aws.function("fail", payload -> {
            throw new IllegalStateException("no image");
        });
        Path payload = Files.writeString(folder.resolve("payload.json"), "{\"name\": \"al2023\"}");
        Path answer = folder.resolve("answer.json");
        Path error = folder.resolve("error.json");

        String status = invoke("echo", payload, answer);
        String failed = invoke("fail", payload, error);

        assertThat(answer).hasSameTextualContentAs(payload);
        assertThat(status.split("\\s+")).containsExactly("200", "None");
        assertThat(failed.split("\\s+")).containsExactly("200", "Unhandled");
        assertThat(error).content().contains("no image");
    }

    private String invoke(String function, Path payload, Path answer) throws IOException, InterruptedException {
        return run(
                "lambda",
                "invoke",
                "--function-name",
                function,
                "--payload",
                "fileb://" + payload,
                QUERY,
                "[StatusCode,FunctionError]",
                answer.toString());
    }

    private String newestImage() throws IOException, InterruptedException {
        return run(
                "ec2",
                "describe-images",
                "--owners",
                "amazon",
                "--filters",
                "Name=architecture,Values=x86_64",
                "Name=state,Values=available",
                QUERY,
                "sort_by(Images,&CreationDate)[-1].ImageId");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("--endpoint-url", aws.endpoint().toString(), "--output", "text"));
        command.addAll(List.of(arguments));
        return cli.succeeds(folder, command.toArray(String[]::new)).strip();
    }
}
