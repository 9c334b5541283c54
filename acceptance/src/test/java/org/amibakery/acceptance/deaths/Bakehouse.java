package org.amibakery.acceptance.deaths;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.history.v1.History;
import io.temporal.client.WorkflowOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.world.Timings;
import org.amibakery.temporal.TemporalConnection;

/**
 * A bakery whose parts die apart: Temporal and the workers are processes of their own, AWS is a simulator in this one, so
 * that its ledger outlives them all and judges.
 */
final class Bakehouse implements AutoCloseable {
    private static final JsonNode RECIPE = new RecipeReader()
            .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
            .json();

    private final TemporalDevServer temporal;
    private final Simulator simulator;
    private final AwsClients clientsOfFunctions;
    private final TemporalConnection connection;
    private final Map<String, String> imagesInUse = new LinkedHashMap<>();

    private Bakehouse(TemporalDevServer temporal, Simulator simulator, AwsClients clientsOfFunctions) {
        this.temporal = temporal;
        this.simulator = simulator;
        this.clientsOfFunctions = clientsOfFunctions;
        connection = TemporalConnection.open(environment(simulator.endpoint()));
    }

    /** Opens one whose AWS answers in its own time and does not limit requests; the server is closed with it. */
    static Bakehouse open(TemporalDevServer temporal, SimulatorOptions aws) {
        Simulator simulator = Simulator.start(aws.withRequestLimits(SimulatorOptions.RequestLimiting.OFF)
                .withTimings(remembering(aws.timings(), aws.clock().speed())));
        AwsClients clients = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, clients);
        return new Bakehouse(temporal, simulator, clients);
    }

    /** The terminated stay visible for an hour as on AWS: a lost worker's call is repeated after an unhurried minute. */
    private static Timings remembering(Timings hasty, double speed) {
        return new Timings(
                hasty.boot(),
                hasty.agentOnline(),
                hasty.stop(),
                hasty.terminate(),
                hasty.image(),
                hasty.copy(),
                hasty.snapshot(),
                hasty.visibility(),
                hasty.tags(),
                Duration.ofMinutes((long) (60 * speed)),
                hasty.deregisteredLinger(),
                hasty.deregistrationCooldown(),
                hasty.commandPickUp(),
                hasty.commands(),
                hasty.otherCommands());
    }

    TemporalDevServer temporal() {
        return temporal;
    }

    Simulator aws() {
        return simulator;
    }

    /** Old images that an instance runs, so that they must survive: id by family. */
    Map<String, String> imagesInUse() {
        return new LinkedHashMap<>(imagesInUse);
    }

    /** What leads a process to this Temporal and this AWS. */
    Map<String, String> environment() {
        return environment(simulator.endpoint());
    }

    /** What leads a process to this Temporal, and to AWS by another address. */
    Map<String, String> environment(URI aws) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("TEMPORAL_ADDRESS", temporal.address());
        variables.put("AWS_ENDPOINT_URL", aws.toString());
        variables.put("AWS_ACCESS_KEY_ID", simulator.credentials().id());
        variables.put("AWS_SECRET_ACCESS_KEY", simulator.credentials().secret());
        variables.put("AWS_REGION", simulator.options().region());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        return variables;
    }

    /** Starts so many bakes at once, each of a family of its own that was baked before. */
    List<RealBake> start(int bakes, String families) {
        return IntStream.rangeClosed(1, bakes)
                .mapToObj(number -> start("%s-%d".formatted(families, number)))
                .toList();
    }

    RealBake start(String family) {
        hasBakedBefore(family);
        ObjectNode recipe = RECIPE.deepCopy();
        recipe.put("name", family);
        String id = BakeWorkflow.id(family, simulator.options().region());
        RealBake bake = new RealBake(
                id,
                connection
                        .client()
                        .newUntypedWorkflowStub(
                                "BakeWorkflow",
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                        .setWorkflowId(id)
                                        .build()));
        bake.begin(new BakeRequest(recipe));
        return bake;
    }

    /** What Temporal keeps of a bake. */
    History history(RealBake bake) {
        return connection.client().fetchHistory(bake.id()).getHistory();
    }

    @Override
    public void close() {
        connection.close();
        temporal.close();
        clientsOfFunctions.close();
        simulator.close();
    }

    private void hasBakedBefore(String family) {
        imagesInUse.put(family, SimulatedInstallation.hasBakedBefore(simulator, family));
    }
}
