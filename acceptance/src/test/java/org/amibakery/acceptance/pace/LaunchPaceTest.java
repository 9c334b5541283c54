package org.amibakery.acceptance.pace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.configuration.Installation;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.world.Timings;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Two workers that know nothing of each other, at an EC2 that lets an account launch five builders at once and then two a
 * second. Everything else happens there at once, so that nothing but the pace spreads the launches.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class LaunchPaceTest {
    /** More than twice what EC2 lets pass at once. */
    private static final int BAKES = 12;

    private final Simulator aws = Simulator.start(SimulatorOptions.defaults().withTimings(Timings.instant()));
    private final AwsClients clients = SimulatedInstallation.clients(aws);
    private final Installation installation = SimulatedInstallation.install(aws, clients);
    private TemporalDevServer temporal;
    private TemporalConnection connection;

    @BeforeEach
    void open() throws InterruptedException {
        temporal = TemporalDevServer.requireWithExactRates();
        connection = TemporalConnection.open(Map.of("TEMPORAL_ADDRESS", temporal.address()));
    }

    @AfterEach
    void close() {
        if (connection != null) {
            connection.close();
            temporal.close();
        }
        clients.close();
        aws.close();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void two_workers_together_launch_no_faster_than_ec2_lets_an_account() {
        try (BakeryWorker one = worker();
                BakeryWorker another = worker()) {
            assertThat(one.polls() && another.polls()).isTrue();
            complete(start("first", 1)); // a worker's first call takes it longer than all that follow

            complete(start("crowd", BAKES));
        }

        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1 + BAKES);
        assertThat(aws.calls().throttled()).isEmpty();
    }

    private BakeryWorker worker() {
        return BakeryWorker.start(connection, clients, installation, WorkerCapacity.DEFAULT, BakeryCounters.NONE);
    }

    private List<WorkflowStub> start(String families, int bakes) {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        return IntStream.range(0, bakes)
                .mapToObj(number -> start(recipe.deepCopy().put("name", families + "-" + number)))
                .toList();
    }

    private WorkflowStub start(ObjectNode recipe) {
        String id = BakeWorkflow.id(
                recipe.path("name").asText(), installation.region().name());
        WorkflowStub bake = connection
                .client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
        bake.start(new BakeRequest(recipe));
        return bake;
    }

    private static void complete(List<WorkflowStub> bakes) {
        assertThat(bakes)
                .allSatisfy(bake ->
                        assertThat(bake.getResult(BakeReport.class).state()).isEqualTo(BakeState.COMPLETED));
    }
}
