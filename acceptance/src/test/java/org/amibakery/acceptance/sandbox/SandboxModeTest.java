package org.amibakery.acceptance.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** The simulator's instances are real machines in a sandbox, and behave as AWS's do with an SSM agent on them. */
@OnRealMachines
class SandboxModeTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String DEBIAN = "136693071363";
    private static final Region HOME = new Region("us-east-1");
    private static final Set<String> UNDER_WAY = Set.of("Pending", "InProgress", "Delayed", "Cancelling");

    private static Simulator aws;
    private static AwsClients clients;
    private static Ec2Client ec2;
    private static SsmClient ssm;

    @BeforeAll
    static void start() {
        SimulatorOptions options = SimulatorOptions.forTests().withSandbox(RealDebian.folder());
        aws = RealDebian.requiring(() -> Simulator.start(options));
        clients = SimulatedInstallation.clients(aws);
        ec2 = clients.ec2(HOME);
        ssm = clients.ssm(HOME);
    }

    @AfterAll
    static void stop() {
        if (aws != null) {
            clients.close();
            aws.close();
        }
    }

    @Test
    void an_instance_of_an_image_has_the_content_of_the_one_it_was_made_of() {
        String first = launch(debian(), "");
        assertThat(run(first, "echo baked >/etc/baked; rm /etc/issue; pwd; echo ${HOME-unset}"))
                .returns("Success", GetCommandInvocationResponse::statusAsString)
                .returns("/usr/bin\nunset\n", GetCommandInvocationResponse::standardOutputContent);

        ec2.stopInstances(it -> it.instanceIds(first));
        awaitState(first, "stopped");
        String image =
                ec2.createImage(it -> it.instanceId(first).name("content")).imageId();
        await().atMost(LONG).until(() -> stateOfImage(image).equals("available"));
        ec2.terminateInstances(it -> it.instanceIds(first));
        awaitState(first, "terminated");
        String second = launch(image, "");

        assertThat(run(second, "cat /etc/baked; ls /etc/issue").standardOutputContent())
                .isEqualTo("baked\n");
        assertThat(run(second, "cloud-init query instance_id").standardOutputContent())
                .isEqualTo(second + "\n");
        ec2.deregisterImage(it -> it.imageId(image));
        assertThat(run(second, "cat /etc/baked").standardOutputContent())
                .as("an instance outlives its image")
                .isEqualTo("baked\n");
        ec2.terminateInstances(it -> it.instanceIds(second));
    }

    @Test
    void a_stopped_instance_keeps_its_disk_and_starts_again() {
        String id = launch(debian(), "#!/bin/sh\necho ran >>/etc/user-data-ran\n");
        run(id, "cloud-init status --wait");

        ec2.stopInstances(it -> it.instanceIds(id));
        awaitState(id, "stopped");
        ec2.startInstances(it -> it.instanceIds(id));
        awaitState(id, "running");

        assertThat(run(id, "cloud-init status --wait >/dev/null; cat /etc/user-data-ran")
                        .standardOutputContent())
                .as("user data runs once")
                .isEqualTo("ran\n");
        ec2.terminateInstances(it -> it.instanceIds(id));
    }

    @Test
    void a_script_that_asks_for_it_gets_a_reboot_and_runs_again() {
        String id = launch(debian(), "");

        GetCommandInvocationResponse ended = run(
                id,
                "cat /proc/sys/kernel/random/boot_id; if [ ! -e /etc/rebooted ]; then touch /etc/rebooted; exit 194; fi");

        assertThat(ended.responseCode()).isZero();
        assertThat(ended.standardOutputContent().lines()).hasSize(2).doesNotHaveDuplicates();
        ec2.terminateInstances(it -> it.instanceIds(id));
    }

    @Test
    void the_api_shows_the_first_24_000_characters_and_s3_has_all() {
        String id = launch(debian(), "");
        S3Client s3 = clients.s3(HOME);
        s3.createBucket(it -> it.bucket("whole-outputs"));

        GetCommandInvocationResponse ended =
                run(id, "seq 1 20000; seq 1 20000 >&2", send -> send.outputS3BucketName("whole-outputs"));

        String whole = s3.getObjectAsBytes(it -> it.bucket("whole-outputs")
                        .key("%s/%s/awsrunShellScript/runShellScript/stdout".formatted(ended.commandId(), id)))
                .asString(UTF_8);
        assertThat(whole).hasSize(108_894).endsWith("\n20000\n");
        assertThat(ended.standardOutputContent()).isEqualTo(whole.substring(0, 24_000));
        assertThat(ended.standardErrorContent()).isEqualTo(whole.substring(0, 8_000));
        ec2.terminateInstances(it -> it.instanceIds(id));
    }

    @Test
    void a_script_is_killed_with_its_children_at_its_timeout_but_not_a_daemon_of_it() {
        String id = launch(debian(), "");

        GetCommandInvocationResponse ended = run(
                id,
                "setsid sleep 1001 & sleep 1002 & echo begun; wait",
                send -> send.parameters(Map.of(
                        "commands",
                        List.of("setsid sleep 1001 & sleep 1002 & echo begun; wait"),
                        "executionTimeout",
                        List.of("5"))));

        assertThat(ended)
                .returns("TimedOut", GetCommandInvocationResponse::statusAsString)
                .returns(137, GetCommandInvocationResponse::responseCode)
                .returns("begun\n", GetCommandInvocationResponse::standardOutputContent);
        assertThat(run(id, "pgrep --full --list-full sleep.100").standardOutputContent())
                .contains("sleep 1001")
                .doesNotContain("sleep 1002");
        ec2.terminateInstances(it -> it.instanceIds(id));
    }

    @Test
    void a_cancelled_script_is_killed() {
        String id = launch(debian(), "");
        String command = send(id, "touch /run/begun; sleep 1003", send -> {});
        await().atMost(LONG).until(() -> aws.machineOf(id)
                .orElseThrow()
                .inside("test", "-e", "/run/begun")
                .isSuccess());

        ssm.cancelCommand(it -> it.commandId(command));

        assertThat(awaitEnd(command, id).statusAsString()).isEqualTo("Cancelled");
        assertThat(run(id, "pgrep --full 'sleep.1003$'").standardOutputContent())
                .isEmpty();
        ec2.terminateInstances(it -> it.instanceIds(id));
    }

    @Test
    void a_value_in_the_environment_is_never_run() {
        String id = launch(debian(), "");
        String hostile = "'; touch /canary; \"$(touch /canary)\" `touch /canary`\n\\";
        ssm.createDocument(
                it -> it.name("greets")
                        .documentType(DocumentType.COMMAND)
                        .documentFormat(DocumentFormat.YAML)
                        .content(
                                """
                        schemaVersion: "2.2"
                        description: Greets.
                        parameters:
                          Name: {type: String, interpolationType: ENV_VAR}
                        mainSteps:
                          - action: aws:runShellScript
                            name: greet
                            inputs: {timeoutSeconds: "60", runCommand: ['printf %s "$SSM_Name"; ls /canary']}
                        """));

        GetCommandInvocationResponse ended =
                run(id, "", send -> send.documentName("greets").parameters(Map.of("Name", List.of(hostile))));

        assertThat(ended.standardOutputContent()).isEqualTo(hostile);
        assertThat(ended.standardErrorContent()).contains("No such file");
        ec2.terminateInstances(it -> it.instanceIds(id));
    }

    @Test
    void a_builder_that_powers_itself_off_is_terminated_as_its_launch_asked() {
        String id = launch(debian(), "");

        send(id, "systemctl poweroff", send -> {});
        awaitState(id, "terminated");

        assertThat(aws.machineOf(id)).isEmpty();
        assertThat(aws.ledger().everything())
                .filteredOn(entry -> entry.id().equals(id))
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo("terminated"));
    }

    @Test
    void an_expired_builder_ends_itself_while_it_boots() {
        String expired = Builder.userData(Instant.now().minusSeconds(3600));

        String id = ec2.runInstances(launching(debian(), expired))
                .instances()
                .get(0)
                .instanceId();

        await().atMost(LONG).until(() -> stateOf(id).equals("terminated"));
        assertThat(aws.machineOf(id)).isEmpty();
    }

    @Test
    void a_machine_is_gone_when_its_instance_is_terminated() {
        String id = launch(debian(), "");
        String machine = aws.machineOf(id).orElseThrow().name();
        assertThat(Remains.of(machine)).isNotEmpty();

        ec2.terminateInstances(it -> it.instanceIds(id));
        awaitState(id, "terminated");

        assertThat(Remains.of(machine)).isEmpty();
    }

    @Test
    void an_image_that_no_root_is_there_for_is_refused() {
        String amazonLinux = newest("amazon", "al2023-ami-2023.*-x86_64");

        assertThatThrownBy(() -> ec2.runInstances(launching(amazonLinux, "")))
                .isInstanceOf(Ec2Exception.class)
                .hasMessageContaining("The simulator's sandbox has no root for image " + amazonLinux + " (al2023-ami-");
    }

    private static String launch(String image, String userData) {
        String id =
                ec2.runInstances(launching(image, userData)).instances().get(0).instanceId();
        awaitState(id, "running");
        return id;
    }

    private static RunInstancesRequest launching(String image, String userData) {
        return RunInstancesRequest.builder()
                .imageId(image)
                .instanceType("t3.medium")
                .minCount(1)
                .maxCount(1)
                .iamInstanceProfile(it -> it.name("ami-bakery-builder"))
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .userData(Base64.getEncoder().encodeToString(userData.getBytes(UTF_8)))
                .build();
    }

    private static GetCommandInvocationResponse run(String instance, String script) {
        return run(instance, script, send -> {});
    }

    private static GetCommandInvocationResponse run(
            String instance, String script, Consumer<SendCommandRequest.Builder> change) {
        return awaitEnd(send(instance, script, change), instance);
    }

    private static String send(String instance, String script, Consumer<SendCommandRequest.Builder> change) {
        SendCommandRequest.Builder send = SendCommandRequest.builder()
                .documentName("AWS-RunShellScript")
                .parameters(Map.of("commands", List.of(script)))
                .instanceIds(instance);
        change.accept(send);
        return ssm.sendCommand(send.build()).command().commandId();
    }

    private static GetCommandInvocationResponse awaitEnd(String command, String instance) {
        return await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> look(command, instance), seen -> !UNDER_WAY.contains(seen.statusAsString()));
    }

    private static GetCommandInvocationResponse look(String command, String instance) {
        return ssm.getCommandInvocation(it -> it.commandId(command).instanceId(instance));
    }

    private static void awaitState(String instance, String state) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> stateOf(instance)
                .equals(state));
    }

    private static String stateOf(String instance) {
        return ec2.describeInstances(it -> it.instanceIds(instance))
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .state()
                .nameAsString();
    }

    private static String stateOfImage(String image) {
        return ec2.describeImages(it -> it.imageIds(image)).images().get(0).stateAsString();
    }

    private static String debian() {
        return newest(DEBIAN, "debian-12-amd64-*");
    }

    private static String newest(String owner, String name) {
        return ec2
                .describeImages(it -> it.owners(owner).filters(filter("name", name), filter("state", "available")))
                .images()
                .stream()
                .max(Comparator.comparing(Image::creationDate))
                .orElseThrow()
                .imageId();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
