package org.amibakery.acceptance.accounts;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.TargetAccount;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.configuration.Installation;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.packaged.PackagedFiles;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sts.Role;
import org.amibakery.simulator.world.Place;
import org.amibakery.temporal.EmbeddedTemporal;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;
import org.amibakery.worker.WorkerMetrics;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A worker at home in one account, and a second account that trusts it by an external id. */
final class TwoAccounts implements AutoCloseable {
    static final Region HOME = new Region("us-east-1");
    static final String OTHER = "222233334444";
    static final Region AWAY = new Region("eu-west-1", Optional.of(OTHER));

    private static final String ROLE = "arn:aws:iam::222233334444:role/ami-bakery-worker";
    private static final String EXTERNAL_ID = "only-this-bakery";

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withSpeed(100));
    private final EmbeddedTemporal temporal = EmbeddedTemporal.start();
    private final AwsClients aws = SimulatedInstallation.clients(simulator);
    private final AwsClients setup = SimulatedInstallation.clients(simulator);
    private final WorkerMetrics metrics = new WorkerMetrics();
    private final BakeryWorker worker;

    /** Opens them, with a worker that brings this external id along. */
    private TwoAccounts(String broughtAlong) {
        simulator.sts().add(Role.guarded(ROLE, EXTERNAL_ID));
        Installation home = SimulatedInstallation.install(simulator, aws);
        setup.reach(List.of(new TargetAccount(OTHER, ROLE, EXTERNAL_ID)), HOME);
        worker = BakeryWorker.start(
                temporal.connection(), aws, reaching(home, broughtAlong), WorkerCapacity.DEFAULT, metrics);
    }

    static TwoAccounts open() {
        return new TwoAccounts(EXTERNAL_ID);
    }

    static TwoAccounts withWrongExternalId() {
        return new TwoAccounts("of-somebody-else");
    }

    private static Installation reaching(Installation home, String externalId) {
        return new Installation(
                home.stack(),
                home.region(),
                home.network(),
                home.instanceProfile(),
                home.functions(),
                home.documentPrefix(),
                home.playbookBucket(),
                home.outputBucket(),
                home.notificationTopic(),
                home.polling(),
                home.launchesPerSecond(),
                List.of(new TargetAccount(OTHER, ROLE, externalId)));
    }

    /** Does what infrastructure/deploy does there, but for the functions, which run in the worker. */
    TwoAccounts install(Region place) {
        PackagedFiles.documents().forEach((name, content) -> setup.ssm(place)
                .createDocument(create -> create.name(SimulatedInstallation.STACK + "-" + name)
                        .documentType(DocumentType.COMMAND)
                        .documentFormat(DocumentFormat.YAML)
                        .content(content)));
        setup.ssm(place).putParameter(put -> put.name(Installation.parameterOf(SimulatedInstallation.STACK))
                .type(ParameterType.STRING)
                .value(configuration(place)));
        return this;
    }

    private String configuration(Region place) {
        List<String> subnets = setup.ec2(place).describeSubnets().subnets().stream()
                .map(Subnet::subnetId)
                .toList();
        List<String> groups = setup.ec2(place).describeSecurityGroups().securityGroups().stream()
                .map(SecurityGroup::groupId)
                .toList();
        return """
               {"stack": "ami-bakery", "region": "%s", "functions": {"inProcess": true},
                "network": {"subnets": ["%s"], "securityGroups": ["%s"]}}
               """
                .formatted(place.name(), String.join("\", \"", subnets), String.join("\", \"", groups));
    }

    /** Starts a bake of a family in a place. */
    WorkflowStub start(String family, Region place) {
        WorkflowStub bake =
                client().newUntypedWorkflowStub("BakeWorkflow", options(BakeWorkflow.id(family, place.name())));
        bake.start(new BakeRequest(recipe(family, place)));
        return bake;
    }

    /** The same, and waits until a builder is there. */
    WorkflowStub startAndWaitForBuilder(String family, Region place) {
        WorkflowStub bake = start(family, place);
        await().until(() -> !simulator.ledger().buildersEverLaunched().isEmpty());
        return bake;
    }

    static WorkflowOptions options(String workflowId) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                .setWorkflowId(workflowId)
                .build();
    }

    private static JsonNode recipe(String family, Region place) {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        recipe.put("name", family);
        recipe.put("region", place.name());
        recipe.remove("playbooks"); // the sample's bucket is at home
        place.account().ifPresent(account -> recipe.put("account", account));
        return recipe;
    }

    WorkflowClient client() {
        return temporal.connection().client();
    }

    Simulator simulator() {
        return simulator;
    }

    /** Reaches both accounts, by a session that is no bake's. */
    AwsClients setup() {
        return setup;
    }

    /** In whose name a place's calls were signed, by the simulator's own book. */
    Place simulated(Region place) {
        return new Place(place.account().orElse(simulator.options().account()), place.name());
    }

    @Override
    public void close() {
        worker.close();
        metrics.close();
        setup.close();
        aws.close();
        temporal.close();
        simulator.close();
    }
}
