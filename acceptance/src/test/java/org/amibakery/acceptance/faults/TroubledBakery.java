package org.amibakery.acceptance.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.configuration.Functions;
import org.amibakery.configuration.Installation;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.retention.RetentionMode;
import org.amibakery.retention.RetentionRequest;
import org.amibakery.retention.RetentionWorkflow;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.ec2.Ec2Facts;
import org.amibakery.simulator.ssm.SsmFacts;
import org.amibakery.simulator.wire.FaultPlan;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.Timings;
import org.amibakery.temporal.EmbeddedTemporal;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.watch.Polling;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;

/**
 * A bakery with an account, a Temporal and a worker of its own, made to be troubled: so every test has a ledger to itself.
 * Nothing takes time on this AWS unless a test says so, and what it says passes twenty times as fast.
 */
public final class TroubledBakery implements AutoCloseable {
    /** The recipe that is baked unless a test asks for another. */
    public static final String FAMILY = "amazon-linux-2023-base";

    private static final int SPEED = 20;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final JsonNode RECIPE = new RecipeReader()
            .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
            .json();

    private final TemporalConnection temporal;
    private final Runnable endOfTemporal;
    private final Simulator simulator;
    private final AwsClients aws;
    private final Installation installation;
    private Optional<BakeryWorker> worker;
    private final Map<String, String> imagesInUse = new LinkedHashMap<>();

    private TroubledBakery(
            TemporalConnection temporal,
            Runnable endOfTemporal,
            Simulator simulator,
            AwsClients aws,
            Installation installation,
            Optional<BakeryWorker> worker) {
        this.temporal = temporal;
        this.endOfTemporal = endOfTemporal;
        this.simulator = simulator;
        this.aws = aws;
        this.installation = installation;
        this.worker = worker;
    }

    /** Opens a bakery that has baked the family before. */
    public static TroubledBakery open() {
        return open(UnaryOperator.identity());
    }

    /** Opens a bakery whose builders are pending for two seconds. */
    static TroubledBakery whereBuildersBootSlowly() {
        Timings instant = Timings.instant();
        return open(options -> options.withTimings(new Timings(
                Duration.ofSeconds(2L * SPEED),
                instant.agentOnline(),
                instant.stop(),
                instant.terminate(),
                instant.image(),
                instant.copy(),
                instant.snapshot(),
                instant.visibility(),
                instant.tags(),
                instant.terminatedLinger(),
                instant.deregisteredLinger(),
                instant.deregistrationCooldown(),
                instant.commandPickUp(),
                instant.commands(),
                instant.otherCommands())));
    }

    /** Opens a bakery where nothing takes time, but whatever runs out does so that much faster than on AWS. */
    static TroubledBakery whereLimitsPass(int speed) {
        return open(options -> options.withSpeed(speed));
    }

    /** Opens a bakery where everything takes as long as on AWS, that much faster. */
    static TroubledBakery whereThingsTakeTime(int speed) {
        return open(options -> options.withSpeed(speed).withTimings(Timings.realistic()));
    }

    /** Opens a bakery where what is made stays unseen, and what is tagged unlabeled, for so long. */
    static TroubledBakery whereNothingIsVisibleFor(Duration time) {
        TroubledBakery bakery = open();
        bakery.ec2().instanceNotFoundFor(time);
        bakery.ec2().imageNotFoundFor(time);
        bakery.ec2().tagsStayInvisibleFor(time);
        return bakery;
    }

    /** Opens a bakery in which the test starts the workers. */
    static TroubledBakery withoutWorker() {
        EmbeddedTemporal temporal = EmbeddedTemporal.start();
        return furnish(
                temporal.connection(),
                temporal::close,
                UnaryOperator.identity(),
                (aws, installation) -> Optional.empty());
    }

    /** The installation as one has it that runs the functions in its workers, where they die with them. */
    Installation withFunctionsInWorkers() {
        return new Installation(
                installation.stack(),
                installation.region(),
                installation.network(),
                installation.instanceProfile(),
                new Functions(
                        true,
                        installation.functions().findFoundationImage(),
                        installation.functions().cleanUpImages()),
                installation.documentPrefix(),
                installation.playbookBucket(),
                installation.outputBucket(),
                installation.notificationTopic(),
                installation.polling(),
                installation.launchesPerSecond(),
                installation.accounts());
    }

    private static TroubledBakery open(UnaryOperator<SimulatorOptions> circumstances) {
        EmbeddedTemporal temporal = EmbeddedTemporal.start();
        return open(temporal.connection(), temporal::close, circumstances);
    }

    /**
     * Opens a bakery on a Temporal that the test brings.
     *
     * @param endOfTemporal what closing the bakery does in the end
     */
    public static TroubledBakery open(
            TemporalConnection temporal, Runnable endOfTemporal, UnaryOperator<SimulatorOptions> circumstances) {
        return furnish(
                temporal,
                endOfTemporal,
                circumstances,
                (aws, installation) -> Optional.of(
                        BakeryWorker.start(temporal, aws, installation, WorkerCapacity.DEFAULT, BakeryCounters.NONE)));
    }

    private static TroubledBakery furnish(
            TemporalConnection temporal,
            Runnable endOfTemporal,
            UnaryOperator<SimulatorOptions> circumstances,
            BiFunction<AwsClients, Installation, Optional<BakeryWorker>> worker) {
        Simulator simulator = Simulator.start(
                circumstances.apply(SimulatorOptions.forTests().withSpeed(SPEED).withTimings(Timings.instant())));
        AwsClients aws = SimulatedInstallation.clients(simulator);
        Installation installation = quick(SimulatedInstallation.install(simulator, aws));
        TroubledBakery bakery = new TroubledBakery(
                temporal, endOfTemporal, simulator, aws, installation, worker.apply(aws, installation));
        bakery.hasBakedBefore(FAMILY);
        simulator.calls().clear();
        return bakery;
    }

    TemporalConnection temporal() {
        return temporal;
    }

    AwsClients aws() {
        return aws;
    }

    Installation installation() {
        return installation;
    }

    /** Lets the worker end what it has begun, and another take its place. */
    public void replaceWorker() {
        worker.ifPresent(BakeryWorker::close);
        worker = Optional.of(
                BakeryWorker.start(temporal, aws, installation, WorkerCapacity.DEFAULT, BakeryCounters.NONE));
    }

    public FaultPlan faults() {
        return simulator.faults();
    }

    public Ec2Facts ec2() {
        return simulator.ec2();
    }

    public SsmFacts ssm() {
        return simulator.ssm();
    }

    public Simulator simulator() {
        return simulator;
    }

    public Ledger ledger() {
        return simulator.ledger();
    }

    /** Old images that something uses, so that they must survive: id by family. */
    public Map<String, String> imagesInUse() {
        return imagesInUse;
    }

    /** Bakes the recipe, and waits for its end. */
    public BakeEnd bake() {
        return start(FAMILY).end();
    }

    /** Starts a bake of the recipe under another name. */
    public StartedBake start(String family) {
        return start(family, recipe -> {});
    }

    /** Starts a bake of the recipe under another name and with changes. */
    StartedBake start(String family, Consumer<ObjectNode> changes) {
        ObjectNode recipe = RECIPE.deepCopy();
        recipe.put("name", family);
        changes.accept(recipe);
        StartedBake bake = new StartedBake(
                temporal.client(),
                temporal.client()
                        .newUntypedWorkflowStub(
                                "BakeWorkflow",
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                        .setWorkflowId(BakeWorkflow.id(family, "us-east-1"))
                                        .build()));
        bake.begin(new BakeRequest(recipe));
        return bake;
    }

    /** Begins to delete the family's old images, the newest of which stays. */
    WorkflowStub beginRetention(String family) {
        ObjectNode recipe = RECIPE.deepCopy();
        recipe.put("name", family);
        recipe.putObject("retention").put("olderThan", "10d").put("keepAtLeast", 1);
        WorkflowStub retention = temporal.client()
                .newUntypedWorkflowStub(
                        RetentionWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(RetentionWorkflow.id(family, "us-east-1"))
                                .build());
        retention.start(RetentionRequest.of(recipe, RetentionMode.DELETE));
        return retention;
    }

    /** The family's bake, in its current run. */
    public StartedBake current(String family) {
        return new StartedBake(
                temporal.client(), temporal.client().newUntypedWorkflowStub(BakeWorkflow.id(family, "us-east-1")));
    }

    /** Runs one cycle of the reaper, whose two looks are a moment apart, and tells what it did. */
    public ReaperReport reap() {
        ReaperWorkflow reaper = temporal.client()
                .newWorkflowStub(
                        ReaperWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(ReaperWorkflow.id(SimulatedInstallation.STACK))
                                .build());
        return reaper.reap(ReaperRequest.removal(SimulatedInstallation.STACK).settling(Duration.ofMillis(100)));
    }

    @Override
    public void close() {
        worker.ifPresent(BakeryWorker::close);
        aws.close();
        simulator.close();
        endOfTemporal.run();
    }

    private void hasBakedBefore(String family) {
        imagesInUse.put(family, SimulatedInstallation.hasBakedBefore(simulator, family));
    }

    private static Installation quick(Installation installation) {
        return new Installation(
                installation.stack(),
                installation.region(),
                installation.network(),
                installation.instanceProfile(),
                installation.functions(),
                installation.documentPrefix(),
                installation.playbookBucket(),
                installation.outputBucket(),
                installation.notificationTopic(),
                Polling.every(LOOK_EVERY),
                installation.launchesPerSecond(),
                installation.accounts());
    }
}
