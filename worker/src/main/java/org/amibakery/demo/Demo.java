package org.amibakery.demo;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.configuration.Installation;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.ec2.FoundationImage;
import org.amibakery.simulator.wire.FaultPlan;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.temporal.EmbeddedTemporal;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.AtEnd;
import org.amibakery.window.MaintenanceWindow;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;
import org.amibakery.worker.WorkerMetrics;
import software.amazon.awssdk.services.ssm.model.Command;

/**
 * A whole bakery in one process: Temporal's in-memory server, the AWS simulator and a worker. The account has baked
 * before: each family has old images, one of them in use.
 */
public final class Demo implements AutoCloseable {
    private final EmbeddedTemporal temporal;
    private final Simulator simulator;
    private final AwsClients aws;
    private final Runnable stopWorker;
    private final Map<String, String> imagesInUse = new LinkedHashMap<>();

    private Demo(EmbeddedTemporal temporal, Simulator simulator, AwsClients aws, Runnable stopWorker) {
        this.temporal = temporal;
        this.simulator = simulator;
        this.aws = aws;
        this.stopWorker = stopWorker;
    }

    /**
     * Starts everything.
     *
     * @param speed how many times faster than AWS the simulator goes
     * @param families the recipes whose earlier images the account owns
     */
    public static Demo start(double speed, List<String> families) {
        EmbeddedTemporal temporal = EmbeddedTemporal.start();
        Simulator simulator = Simulator.start(SimulatorOptions.defaults().withSpeed(speed));
        AwsClients aws = SimulatedInstallation.clients(simulator);
        Installation installation = SimulatedInstallation.install(simulator, aws);
        WorkerMetrics metrics = new WorkerMetrics();
        BakeryWorker worker =
                BakeryWorker.start(temporal.connection(), aws, installation, WorkerCapacity.DEFAULT, metrics);
        Demo demo = new Demo(temporal, simulator, aws, () -> {
            worker.close();
            metrics.close();
        });
        families.forEach(demo::hasBakedBefore);
        return demo;
    }

    /**
     * Starts everything but the worker, which the caller runs as a process of its own with {@link #workerVariables}.
     *
     * @param speed how many times faster than AWS the simulator goes
     * @param families the recipes whose earlier images the account owns
     */
    public static Demo startWithoutWorker(double speed, List<String> families) {
        EmbeddedTemporal temporal = EmbeddedTemporal.startListening();
        Simulator simulator = Simulator.start(SimulatorOptions.defaults().withSpeed(speed));
        AwsClients aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        Demo demo = new Demo(temporal, simulator, aws, () -> {});
        families.forEach(demo::hasBakedBefore);
        return demo;
    }

    /** The variables by which a worker process finds this Temporal and this AWS. */
    public Map<String, String> workerVariables() {
        Map<String, String> variables = new LinkedHashMap<>(SimulatedInstallation.variables(simulator));
        variables.put("TEMPORAL_ADDRESS", temporal.connection().address());
        return variables;
    }

    /** Where this AWS can be troubled. */
    public FaultPlan faults() {
        return simulator.faults();
    }

    /** The commands that SSM took, each with the builder it went to and the comment that names its sending. */
    public List<Command> commands() {
        return aws.ssm(new Region(simulator.options().region())).listCommandsPaginator().commands().stream()
                .toList();
    }

    /** Runs one cycle of the reaper, whose two looks are a second apart. */
    public ReaperReport reap() {
        return temporal.connection()
                .client()
                .newWorkflowStub(
                        ReaperWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(ReaperWorkflow.id(SimulatedInstallation.STACK))
                                .build())
                .reap(ReaperRequest.removal(SimulatedInstallation.STACK).settling(Duration.ofSeconds(1)));
    }

    /** Lets Amazon publish a newer Amazon Linux 2023, and tells its id. */
    public String amazonPublishesAnImage() {
        return simulator.ec2().publishesImage(FoundationImage.amazonLinux(Instant.now()));
    }

    /** Runs a maintenance window over recipes, as one that Temporal opens does. */
    public WorkflowStub openWindow(List<BakeRequest> recipes) {
        WorkflowStub window = temporal.connection()
                .client()
                .newUntypedWorkflowStub(
                        MaintenanceWindowWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(MaintenanceWindowWorkflow.id("demo"))
                                .build());
        window.start(new MaintenanceWindow(
                "demo",
                Duration.ofHours(4),
                Duration.ofHours(1),
                AtEnd.FINISH,
                true,
                Optional.empty(),
                recipes.size(),
                recipes,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        return window;
    }

    public TemporalConnection temporal() {
        return temporal.connection();
    }

    /** What exists in the simulated account, apart from what its API says. */
    public Ledger ledger() {
        return simulator.ledger();
    }

    /** Old images that must survive, as something uses them: id by family. */
    public Map<String, String> imagesInUse() {
        return new LinkedHashMap<>(imagesInUse);
    }

    @Override
    public void close() {
        stopWorker.run();
        aws.close();
        simulator.close();
        temporal.close();
    }

    private void hasBakedBefore(String family) {
        imagesInUse.put(family, SimulatedInstallation.hasBakedBefore(simulator, family));
    }
}
