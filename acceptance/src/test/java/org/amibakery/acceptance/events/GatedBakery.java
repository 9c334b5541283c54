package org.amibakery.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.amibakery.acceptance.events.CallMoment.Side;
import org.amibakery.acceptance.faults.StartedBake;
import org.amibakery.acceptance.faults.TroubledBakery;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.world.Timings;
import org.amibakery.temporal.TemporalConnection;

/** A bakery whose first bake can be held in every state of its history, and canceled, terminated or reset there. */
final class GatedBakery implements AutoCloseable {
    /** Nothing is added to a history in one go with what was there before such an event. */
    private static final Set<EventType> BEGINNINGS = Set.of(
            EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
            EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
            EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED);

    private static final Set<EventType> ENDS = Set.of(
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED);

    private final CallGate gate;
    private final TemporalConnection temporal;
    private final TroubledBakery bakery;

    private GatedBakery(CallGate gate, TemporalConnection temporal, Runnable end) {
        this.gate = gate;
        this.temporal = temporal;
        bakery = TroubledBakery.open(temporal, end, GatedBakery::whereDeregisteredImagesLinger);
    }

    /** Opens one on Temporal's in-memory server. */
    static GatedBakery embedded() {
        CallGate gate = CallGate.ofInMemoryServer();
        InProcessTestServer server = TestServer.createServer(true);
        WorkflowServiceStubsOptions options = WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .setGrpcClientInterceptors(List.of(gate))
                .validateAndBuildWithDefaults();
        TemporalConnection temporal =
                TemporalConnection.over(WorkflowServiceStubs.newServiceStubs(options), "this process", "default");
        return new GatedBakery(gate, temporal, () -> {
            temporal.close();
            server.close();
        });
    }

    /** Opens one in a namespace of a real server. */
    static GatedBakery real(String address, String namespace, Runnable end) {
        CallGate gate = CallGate.ofRealServer();
        WorkflowServiceStubsOptions options = WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setGrpcClientInterceptors(List.of(gate))
                .validateAndBuildWithDefaults();
        TemporalConnection temporal =
                TemporalConnection.over(WorkflowServiceStubs.newServiceStubs(options), address, namespace);
        return new GatedBakery(gate, temporal, () -> {
            temporal.close();
            end.run();
        });
    }

    /** As on AWS; and cleaning up twice need not take five minutes to be sure that there is nothing to come. */
    private static SimulatorOptions whereDeregisteredImagesLinger(SimulatorOptions options) {
        Timings instant = options.timings();
        return options.withTimings(new Timings(
                instant.boot(),
                instant.agentOnline(),
                instant.stop(),
                instant.terminate(),
                instant.image(),
                instant.copy(),
                instant.snapshot(),
                instant.visibility(),
                instant.tags(),
                instant.terminatedLinger(),
                Duration.ofHours(1),
                instant.deregistrationCooldown(),
                instant.commandPickUp(),
                instant.commands(),
                instant.otherCommands()));
    }

    TroubledBakery bakery() {
        return bakery;
    }

    /**
     * Bakes once and lists every state its history was in, before its last. Fails unless the bake was held in every state
     * that its history shows.
     */
    List<HistoryPoint> everyPoint() {
        List<HistoryPoint> met = new CopyOnWriteArrayList<>(); // the last moment may come after the end is known
        gate.holdAt(moment -> true, moment -> {
            if (moment.call() > 1 || moment.side() == Side.AFTER) { // else nothing is there yet
                met.add(new HistoryPoint(moment, history().size()));
            }
        });
        bakery.bake().isComplete();
        gate.open();
        if (met.stream().anyMatch(point -> point.moment().operation().equals("RespondActivityTaskFailed"))) {
            throw new PointMissed(
                    "An attempt failed and was repeated, so other bakes would not come by the same points");
        }
        List<Long> states = states(history());
        long end = states.remove(states.size() - 1); // nothing can be done to a bake that has ended
        List<HistoryPoint> points =
                met.stream().filter(point -> point.lastEvent() != end).toList();
        assertThat(points)
                .extracting(HistoryPoint::lastEvent)
                .containsAll(states)
                .isSubsetOf(states);
        return points;
    }

    /**
     * Starts a bake that meets this once, at the point; its history must be as long as when the point was found.
     *
     * @throws PointMissed when it did not come by
     */
    StartedBake startMeeting(HistoryPoint point, Runnable mishap) {
        CompletableFuture<Integer> met = new CompletableFuture<>();
        gate.holdAt(point.moment()::equals, moment -> {
            try {
                int lastEvent = history().size();
                mishap.run();
                met.complete(lastEvent);
            } catch (RuntimeException failed) {
                met.completeExceptionally(failed);
            } finally {
                gate.openAfter(moment);
            }
        });
        StartedBake bake = bakery.start(TroubledBakery.FAMILY);
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> met.isDone() || hasEnded());
        if (!met.isDone()) {
            throw new PointMissed("The bake ended and was not met " + point);
        }
        if (met.join() != point.lastEvent()) {
            throw new PointMissed("The bake was met at event %d instead of %s".formatted(met.join(), point));
        }
        return bake;
    }

    private boolean hasEnded() {
        List<HistoryEvent> history = history();
        return ENDS.contains(history.get(history.size() - 1).getEventType());
    }

    /** Bakes without being held anywhere. */
    StartedBake start() {
        gate.open();
        return bakery.start(TroubledBakery.FAMILY);
    }

    void cancel() {
        bake().cancel();
    }

    void terminate() {
        bake().terminate("to see what is left");
    }

    /** Resets the bake's current run to a workflow task that ended, by its number from 1; if it had fewer, to the last. */
    void reset(int workflowTask) {
        List<Long> ends = workflowTasks();
        ResetWorkflowExecutionRequest request = ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace(temporal.namespace())
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(id()))
                .setWorkflowTaskFinishEventId(ends.get(Math.min(workflowTask, ends.size()) - 1))
                .setReason("to see what happens")
                .setRequestId(UUID.randomUUID().toString())
                .build();
        var unused = temporal.insisting(() -> temporal.service().blockingStub().resetWorkflowExecution(request));
    }

    /** The events at which a workflow task ended, which are all that Temporal can reset to. */
    List<Long> workflowTasks() {
        return history().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                .map(HistoryEvent::getEventId)
                .toList();
    }

    /** Keeps the history of the bake's current run under a name. */
    void record(String name) throws IOException {
        Recording.write(name, temporal.client().fetchHistory(id()));
    }

    private WorkflowStub bake() {
        return temporal.client().newUntypedWorkflowStub(id());
    }

    private List<HistoryEvent> history() {
        return temporal.client().fetchHistory(id()).getEvents();
    }

    private static String id() {
        return BakeWorkflow.id(TroubledBakery.FAMILY, "us-east-1");
    }

    @Override
    public void close() {
        gate.open();
        bakery.close();
    }

    /** The last event of each batch. */
    private static List<Long> states(List<HistoryEvent> history) {
        return IntStream.range(0, history.size())
                .filter(index -> index + 1 == history.size()
                        || BEGINNINGS.contains(history.get(index + 1).getEventType()))
                .mapToObj(index -> history.get(index).getEventId())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
