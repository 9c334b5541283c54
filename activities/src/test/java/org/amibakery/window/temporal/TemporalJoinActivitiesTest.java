package org.amibakery.window.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.BakeryJson;
import org.amibakery.failure.Failures;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Watchers;
import org.amibakery.window.JoinActivities;
import org.amibakery.window.JoinBake;
import org.amibakery.window.JoinedBake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalJoinActivitiesTest {
    private static final String QUEUE = "join";
    private static final String WEB = BakeWorkflow.id("web", "us-east-1");

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final Watchers watchers =
            Watchers.start(temporal.getWorkflowClient().newActivityCompletionClient(), BakeryCounters.NONE);

    @BeforeEach
    void start() {
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(JoiningWorkflowImpl.class, ToldBakeImpl.class);
        worker.registerActivitiesImplementations(
                new TemporalJoinActivities(temporal.getWorkflowClient(), watchers, Duration.ofMillis(50)));
        temporal.start();
    }

    @AfterEach
    void close() {
        watchers.close();
        temporal.close();
    }

    @Test
    void waits_without_a_thread_for_the_end_of_a_bake_and_brings_its_image() {
        WorkflowStub bake = starts(WEB);
        WorkflowStub join = joins(WEB);
        awaitOpenWaits(1);

        bake.signal("end", "ami-1");

        assertThat(join.getResult(JoinedBake.class))
                .isEqualTo(new JoinedBake(BakeState.COMPLETED, Optional.of(new ImageId("ami-1")), ""));
        awaitOpenWaits(0);
    }

    @Test
    void tells_at_once_of_a_bake_that_has_ended() {
        WorkflowStub bake = starts(WEB);
        bake.signal("end", "ami-1");
        bake.getResult(BakeReport.class);

        assertThat(joins(WEB).getResult(JoinedBake.class).image()).contains(new ImageId("ami-1"));
    }

    @Test
    void tells_in_its_own_words_why_a_bake_failed() {
        WorkflowStub bake = starts(WEB);
        WorkflowStub join = joins(WEB);

        bake.signal("end", "EC2 answered SnapshotLimitExceeded.");

        assertThat(join.getResult(JoinedBake.class))
                .isEqualTo(new JoinedBake(BakeState.FAILED, Optional.empty(), "EC2 answered SnapshotLimitExceeded."));
    }

    @Test
    void a_terminated_bake_has_failed() {
        WorkflowStub bake = starts(WEB);
        WorkflowStub join = joins(WEB);

        bake.terminate("by hand");

        assertThat(join.getResult(JoinedBake.class).state()).isEqualTo(BakeState.FAILED);
    }

    @Test
    void a_canceled_bake_is_told_as_such() {
        WorkflowStub bake = starts(WEB);
        WorkflowStub join = joins(WEB);

        bake.cancel();

        assertThat(join.getResult(JoinedBake.class))
                .isEqualTo(new JoinedBake(BakeState.CANCELED, Optional.empty(), "It was canceled."));
    }

    @Test
    void a_bake_that_temporal_does_not_know_is_not_waited_for() {
        assertThat(joins("bake/nobody/us-east-1").getResult(JoinedBake.class))
                .isEqualTo(new JoinedBake(
                        BakeState.FAILED,
                        Optional.empty(),
                        "Temporal does not know bake/nobody/us-east-1 any more, so how it ended is unknown. Look at the"
                                + " family's images."));
    }

    private WorkflowStub starts(String id) {
        WorkflowStub bake = stub("ToldBake", id);
        bake.start();
        return bake;
    }

    private WorkflowStub joins(String id) {
        WorkflowStub join = stub("Joining", "window/weekly");
        join.start(id);
        return join;
    }

    private WorkflowStub stub(String type, String id) {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        type,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(id)
                                .build());
    }

    private void awaitOpenWaits(int number) {
        await().until(() -> watchers.openWaits() == number);
    }

    /** Joins one bake; answers the activity's failure as a failed bake. */
    @WorkflowInterface
    public interface JoiningWorkflow {
        @WorkflowMethod(name = "Joining")
        JoinedBake join(String workflowId);
    }

    public static final class JoiningWorkflowImpl implements JoiningWorkflow {
        @Override
        public JoinedBake join(String workflowId) {
            JoinActivities joins = Workflow.newActivityStub(
                    JoinActivities.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .setHeartbeatTimeout(Duration.ofSeconds(15))
                            .build());
            try {
                return joins.awaitEnd(new JoinBake(workflowId, new Region("us-east-1")));
            } catch (TemporalFailure failure) {
                return new JoinedBake(BakeState.FAILED, Optional.empty(), Failures.rootMessage(failure));
            }
        }
    }

    /** Ends as it is told: with an image, or with a failure. */
    @WorkflowInterface
    public interface ToldBake {
        @WorkflowMethod(name = "ToldBake")
        BakeReport bake();

        @SignalMethod
        void end(String how);

        @QueryMethod
        String progress();
    }

    public static final class ToldBakeImpl implements ToldBake {
        private final CompletablePromise<String> told = Workflow.newPromise();

        @Override
        public BakeReport bake() {
            Workflow.await(told::isCompleted);
            if (!told.get().startsWith("ami-")) {
                throw ApplicationFailure.newNonRetryableFailure(told.get(), "SnapshotLimitExceeded");
            }
            return new BakeReport(
                    WEB,
                    "run",
                    "web",
                    "us-east-1",
                    BakeState.COMPLETED,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new ImageId(told.get())),
                    "web-1",
                    Instant.EPOCH,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    List.of());
        }

        @Override
        public void end(String how) {
            told.complete(how);
        }

        @Override
        public String progress() {
            return "";
        }
    }
}
