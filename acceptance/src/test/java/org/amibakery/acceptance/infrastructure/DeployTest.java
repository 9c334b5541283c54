package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.amibakery.acceptance.processes.CliAnswer;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.configuration.Installation;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.temporal.EmbeddedTemporal;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.InstallationSource;
import org.amibakery.worker.WorkerCapacity;
import org.amibakery.worker.WorkerMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that installs, run with the real aws CLI; the account is the simulator's, CloudFormation a stand-in. */
@Timeout(value = 4, unit = TimeUnit.MINUTES) // on a busy computer; the aws CLI alone starts fifteen times a deployment
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class DeployTest {
    private static final Region HOME = new Region(Stack.REGION);

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withSpeed(100));
    private final AwsClients aws = SimulatedInstallation.clients(simulator);
    private final CloudFormationStandIn cloudFormation =
            CloudFormationStandIn.start(new SimulatedAccount(simulator, aws), this::stored);

    @BeforeEach
    void its_tools_are_there() {
        InstallTools.require();
    }

    @AfterEach
    void close() {
        cloudFormation.close();
        aws.close();
        simulator.close();
    }

    @Test
    void one_command_installs_all_that_a_first_bake_needs() throws InterruptedException {
        CliAnswer deployed = deploy("--default-vpc").succeeded();

        String bucket = cloudFormation.stack("ami-bakery").reference("Bucket");
        Installation installation = installation();
        assertThat(installation.network().publicIp()).isTrue();
        assertThat(installation.network().subnets()).hasSizeGreaterThan(1);
        assertThat(bake(installation, "s3://%s/playbooks/base.zip".formatted(bucket)))
                .isEqualTo(BakeState.COMPLETED);
        assertThat(deployed.results())
                .contains("BAKERY_STACK=ami-bakery AWS_REGION=us-east-1 ./bakery worker")
                .contains("playbooks.0.source=s3://%s/playbooks/base.zip".formatted(bucket))
                .contains("policy/ami-bakery-WorkerLaunchPolicy", "policy/ami-bakery-WorkerCommandPolicy");
    }

    @Test
    void a_later_run_changes_nothing_but_what_it_sets() throws InterruptedException {
        deploy("--default-vpc", "--set", "OrphanMode=PLAN").succeeded();
        int uploads = uploads();
        int executed = executed();

        CliAnswer again = deploy().succeeded();

        assertThat(again.output()).contains("No changes to deploy").doesNotContain("Uploading");
        assertThat(uploads()).isEqualTo(uploads);
        assertThat(executed()).isEqualTo(executed);

        String subnet = simulator.ec2().subnetIds().get(0);
        String vpc = aws.ec2(HOME).describeVpcs().vpcs().get(0).vpcId();
        deploy("--vpc", vpc, "--subnets", subnet, "--set", "CommandOutputDays=7")
                .succeeded();

        assertThat(parameters())
                .containsEntry("OrphanMode", "PLAN")
                .containsEntry("CommandOutputDays", "7")
                .containsEntry("PublicIp", "false");
        assertThat(installation().network().subnets()).containsExactly(subnet);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''                             | A new installation needs --default-vpc, or --vpc and --subnets.",
                "--vpc vpc-0a1b2c3d             | --vpc needs --subnets.",
                "--subnets subnet-0a1b2c3d      | --subnets needs --vpc.",
                "--default-vpc --vpc vpc-1      | --default-vpc stands instead of --vpc and --subnets.",
                "--stack 2nd --default-vpc      | '2nd' cannot be a stack's name",
                "--stack a-name-of-more-than-forty-two-characters-42 | write a letter and at most 41 letters, digits and dashes.",
                "--default-vpc --set Mode       | --set takes KEY=VALUE, not 'Mode'.",
                "--region                       | --region lacks its value.",
                "--defaultvpc                   | '--defaultvpc' is unknown.",
            })
    void wrong_usage_is_told_before_anything_is_made(String arguments, String message) throws InterruptedException {
        CliAnswer refused = deploy(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains(message).contains("See infrastructure/deploy --help.");
        assertThat(refused.results()).isEmpty();
        assertThat(cloudFormation.calls()).doesNotContain("CreateChangeSet");
    }

    @Test
    void a_stack_that_came_to_nothing_is_to_be_removed_first() throws InterruptedException {
        cloudFormation.has("ami-bakery", "ROLLBACK_COMPLETE");

        CliAnswer refused = deploy("--default-vpc");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("ami-bakery in us-east-1 is ROLLBACK_COMPLETE")
                .contains("aws cloudformation delete-stack --region us-east-1 --stack-name ami-bakery");
        assertThat(cloudFormation.calls()).doesNotContain("CreateChangeSet");
    }

    @Test
    void a_stack_of_somebody_else_is_not_touched() throws InterruptedException {
        cloudFormation.has("ami-bakery", "CREATE_COMPLETE");

        CliAnswer refused = deploy("--default-vpc");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("ami-bakery in us-east-1 is no installation of this version: it has no bucket of its own.");
        assertThat(cloudFormation.calls()).doesNotContain("CreateChangeSet");
    }

    @Test
    void a_deployment_that_fails_says_what_failed() throws InterruptedException {
        simulator
                .faults()
                .on("CreateBucket")
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "AccessDenied", "You may not make buckets")));

        CliAnswer failed = deploy("--default-vpc");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output())
                .contains("You may not make buckets")
                .contains("CloudFormation did not deploy ami-bakery in us-east-1");
        assertThat(failed.results()).isEmpty();
    }

    private CliAnswer deploy(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", Template.INFRASTRUCTURE.resolve("deploy").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(SimulatedInstallation.variables(simulator));
        environment.put(
                "AWS_ENDPOINT_URL_CLOUDFORMATION", cloudFormation.endpoint().toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        try (RunningProcess script = RunningProcess.start("deploy", environment, command)) {
            return new CliAnswer(script.exitCode(Duration.ofMinutes(2)), script.results(), script.output());
        }
    }

    /** As a worker reads it; only that the stand-in makes no security group, and that time is short. */
    private Installation installation() {
        Map<String, String> environment = Map.of(
                "BAKERY_STACK", "ami-bakery",
                "AWS_REGION", HOME.name(),
                "BAKERY_NETWORK_SECURITY_GROUPS", simulator.ec2().defaultSecurityGroupId(),
                "BAKERY_POLLING_INSTANCE", "1s",
                "BAKERY_POLLING_AGENT", "1s",
                "BAKERY_POLLING_COMMAND", "1s",
                "BAKERY_POLLING_IMAGE", "1s");
        return new InstallationSource(environment).read(aws);
    }

    private BakeState bake(Installation installation, String playbook) {
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
                WorkerMetrics metrics = new WorkerMetrics();
                BakeryWorker worker =
                        BakeryWorker.start(temporal.connection(), aws, installation, WorkerCapacity.DEFAULT, metrics)) {
            assertThat(worker.polls()).isTrue();
            ObjectNode recipe = new RecipeReader()
                    .read(Path.of("..", "recipes", "ubuntu-24.04.yaml"))
                    .json()
                    .deepCopy();
            ((ObjectNode) recipe.at("/playbooks/0")).put("source", playbook);
            WorkflowStub bake = temporal.connection()
                    .client()
                    .newUntypedWorkflowStub(
                            "BakeWorkflow",
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                    .setWorkflowId(BakeWorkflow.id("ubuntu-24-04-base", HOME.name()))
                                    .build());
            bake.start(new BakeRequest(recipe));
            return bake.getResult(BakeReport.class).state();
        }
    }

    private int uploads() {
        return simulator.calls().count("PutObject");
    }

    private int executed() {
        return (int) cloudFormation.calls().stream()
                .filter("ExecuteChangeSet"::equals)
                .count();
    }

    private Map<String, String> parameters() {
        return cloudFormation.stack("ami-bakery").parameters();
    }

    /** What lies behind a path-style address of the simulator's S3. */
    private String stored(URI address) {
        String[] path = address.getPath().substring(1).split("/", 2);
        return aws.s3(HOME)
                .getObjectAsBytes(get -> get.bucket(path[0]).key(path[1]))
                .asString(UTF_8);
    }
}
