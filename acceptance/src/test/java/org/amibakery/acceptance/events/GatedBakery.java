package org.amibakery.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.amibakery.acceptance.faults.StartedBake;
import org.amibakery.acceptance.faults.TroubledBakery;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.temporal.TemporalConnection;

/** A bakery whose bakes can be held in every state of their histories. */
final class GatedBakery implements AutoCloseable {
    /** Nothing is added to a history in one go with what was there before such an event. */
    private static final Set<EventType> BEGINNINGS = Set.of(
            EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
            EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
            EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED);

    private final CallGate gate;
    private final TemporalConnection temporal;
    private final TroubledBakery bakery;

    private GatedBakery(CallGate gate, TemporalConnection temporal, TroubledBakery bakery) {
        this.gate = gate;
        this.temporal = temporal;
        this.bakery = bakery;
    }

    /** Opens one on Temporal's in-memory server. */
    static GatedBakery embedded() {
        CallGate gate = new CallGate();
        InProcessTestServer server = TestServer.createServer(true);
        TemporalConnection temporal = TemporalConnection.over(
                WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setChannel(server.getChannel())
                        .setGrpcClientInterceptors(List.of(gate))
                        .validateAndBuildWithDefaults()),
                "this process",
                "default");
        Runnable end = () -> {
            temporal.close();
            server.close();
        };
        return new GatedBakery(gate, temporal, TroubledBakery.open(temporal, end, UnaryOperator.identity()));
    }

    TroubledBakery bakery() {
        return bakery;
    }

    /**
     * Bakes once and lists every state its history was in, before its last. Fails unless the moments the bake was held at
     * are all there are.
     */
    List<HistoryPoint> everyPoint() {
        List<HistoryPoint> points = new ArrayList<>();
        gate.holdAt(moment -> true, moment -> {
            if (moment.call() > 1 || moment.side() == CallMoment.Side.AFTER) { // else nothing is there yet
                points.add(new HistoryPoint(moment, lastEvent(TroubledBakery.FAMILY)));
            }
        });
        bakery.bake().isComplete();
        gate.open();
        List<Long> states = states(history(TroubledBakery.FAMILY));
        assertThat(points)
                .extracting(HistoryPoint::lastEvent)
                .containsAll(states)
                .isSubsetOf(states);
        points.removeIf(point -> point.lastEvent() == states.get(states.size() - 1));
        return points;
    }

    /** Starts a bake that meets this once, at the point; the history must be as long as it was when the point was found. */
    StartedBake startMeeting(HistoryPoint point, String family, Consumer<String> mishap) {
        CompletableFuture<Long> met = new CompletableFuture<>();
        gate.holdAt(point.moment()::equals, moment -> {
            try {
                met.complete(lastEvent(family));
                mishap.accept(BakeWorkflow.id(family, "us-east-1"));
            } finally {
                gate.letTheBakeHearFirst(moment);
                gate.open();
            }
        });
        StartedBake bake = bakery.start(family);
        assertThat(met.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(point.lastEvent());
        return bake;
    }

    TemporalConnection temporal() {
        return temporal;
    }

    @Override
    public void close() {
        bakery.close();
    }

    private long lastEvent(String family) {
        return history(family).size();
    }

    private List<HistoryEvent> history(String family) {
        return temporal.client()
                .fetchHistory(BakeWorkflow.id(family, "us-east-1"))
                .getEvents();
    }

    /** The last event of each batch. */
    private static List<Long> states(List<HistoryEvent> history) {
        return IntStream.range(0, history.size())
                .filter(index -> index + 1 == history.size()
                        || BEGINNINGS.contains(history.get(index + 1).getEventType()))
                .mapToObj(index -> history.get(index).getEventId())
                .toList();
    }
}
