package org.amibakery.benchmark;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.authored.AuthoredText;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.demo.SampleRecipes;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.wire.Call;
import org.amibakery.temporal.TemporalConnection;

/** A whole bakery: a Temporal server and a worker, each a process of its own, and the simulator in this one. */
final class Bakehouse implements AutoCloseable {
    private static final String RECIPE = "amazon-linux-2023.yaml";
    private static final String NAME = "amazon-linux-2023-base";

    private final Workshop workshop;
    private final Simulator simulator;
    private final AwsClients aws; // the simulated functions' own
    private final TemporalServer server;
    private final TemporalConnection temporal;
    private Child worker;
    private Duration workerReadyAfter;

    private Bakehouse(Workshop workshop, Setting setting) {
        this.workshop = workshop;
        simulator = Simulator.start(setting.simulator());
        aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        server = TemporalServer.start(workshop.temporal(), workshop.log("temporal"));
        temporal = TemporalConnection.open(Map.of("TEMPORAL_ADDRESS", server.address()));
        worker = hire();
    }

    /** Opens one in such an AWS; a worker polls already. */
    static Bakehouse open(Workshop workshop, Setting setting) {
        return new Bakehouse(workshop, setting);
    }

    Simulator simulator() {
        return simulator;
    }

    Child worker() {
        return worker;
    }

    /** From the start of the worker's process until it polled. */
    Duration workerReadyAfter() {
        return workerReadyAfter;
    }

    double serverResidentMb() {
        return server.residentMb();
    }

    /** Starts another worker without waiting for it, and tells which one it replaces. */
    Child replaceWorker() {
        Child old = worker;
        worker = startWorker();
        return old;
    }

    private Child hire() {
        Child hired = startWorker();
        workerReadyAfter = hired.awaitOutput("Worker ready");
        return hired;
    }

    private Child startWorker() {
        Map<String, String> variables = new LinkedHashMap<>(SimulatedInstallation.variables(simulator));
        variables.put("TEMPORAL_ADDRESS", server.address());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        return workshop.bakery("worker", variables, "worker", "--health-port", "0", "--log-level", "warn");
    }

    /** Starts a bake of a family of this name. */
    WorkflowStub start(String family) {
        WorkflowStub bake = temporal.client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(BakeWorkflow.id(
                                        family, simulator.options().region()))
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .build());
        bake.start(new BakeRequest(new RecipeReader()
                .read(new AuthoredText(RECIPE, SampleRecipes.text(RECIPE).replace(NAME, family)), List.of())
                .json()));
        return bake;
    }

    /** Waits until a bake has made its image. */
    void await(WorkflowStub bake) {
        BakeReport report = bake.getResult(BakeReport.class);
        if (report.state() != BakeState.COMPLETED) {
            throw new IllegalStateException("A bake of the benchmark ended " + report);
        }
    }

    /** Bakes so many families at once, and waits for all. */
    List<WorkflowStub> bakeAtOnce(List<String> families) {
        List<WorkflowStub> bakes = families.stream().map(this::start).toList();
        bakes.forEach(this::await);
        return bakes;
    }

    /** What Temporal says of a bake. */
    DescribeWorkflowExecutionResponse describe(WorkflowStub bake) {
        return temporal.service()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(bake.getExecution().getWorkflowId()))
                        .build());
    }

    /** From a bake's start to its end, by the server's clock. */
    Duration lasted(WorkflowStub bake) {
        var info = describe(bake).getWorkflowExecutionInfo();
        return Duration.between(instant(info.getStartTime()), instant(info.getCloseTime()));
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    List<Call> calls() {
        return simulator.calls().all();
    }

    void forgetCalls() {
        simulator.calls().clear();
    }

    @Override
    public void close() {
        worker.close();
        temporal.close();
        server.close();
        aws.close();
        simulator.close();
    }
}
