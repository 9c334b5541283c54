package org.amibakery.reaper.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Optional;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.lambdas.orphans.BakeLife;
import org.amibakery.lambdas.orphans.BakeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Resets are beyond the in-memory server: acceptance tries them on a real one. */
class TemporalBakeLivesTest {
    private static final String WEB = BakeWorkflow.id("web", "us-east-1");

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void a_bake_whose_run_is_open_runs() {
        BakeRun bake = begins(WEB);

        assertThat(lives().of(bake)).isEqualTo(BakeLife.RUNS);
    }

    @Test
    void a_bake_that_was_terminated_has_ended() {
        BakeRun bake = begins(WEB);
        terminate(WEB);

        assertThat(lives().of(bake)).isEqualTo(BakeLife.ENDED);
    }

    @Test
    void a_bake_has_ended_though_the_next_one_of_its_family_runs() {
        BakeRun first = begins(WEB);
        terminate(WEB);
        BakeRun second = begins(WEB);

        assertThat(lives().of(first)).isEqualTo(BakeLife.ENDED);
        assertThat(lives().of(second)).isEqualTo(BakeLife.RUNS);
    }

    @Test
    void of_a_run_that_the_namespace_does_not_know_nothing_is_told() {
        begins(WEB);
        terminate(WEB);
        BakeRun elsewhere = new BakeRun(WEB, Optional.of("0191f8a0-0000-7000-8000-000000000000"));
        BakeRun unheardOf = new BakeRun("bake/nobody/us-east-1", Optional.of("0191f8a0-0000-7000-8000-000000000001"));

        assertThat(lives().of(elsewhere)).isEqualTo(BakeLife.UNKNOWN);
        assertThat(lives().of(unheardOf)).isEqualTo(BakeLife.UNKNOWN);
    }

    @Test
    void of_a_bake_without_a_run_nothing_is_told() {
        begins(WEB);
        terminate(WEB);

        assertThat(lives().of(new BakeRun(WEB, Optional.empty()))).isEqualTo(BakeLife.UNKNOWN);
    }

    @Test
    void what_was_told_once_is_not_asked_again() {
        TemporalBakeLives lives = lives();
        BakeRun bake = begins(WEB);
        assertThat(lives.of(bake)).isEqualTo(BakeLife.RUNS);
        terminate(WEB);

        assertThat(lives.of(bake)).isEqualTo(BakeLife.RUNS);
        assertThat(lives().of(bake)).isEqualTo(BakeLife.ENDED);
    }

    @Test
    void while_temporal_is_silent_nothing_is_told_of_any_bake() {
        WorkflowServiceStubs nobody = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1")
                .build());
        TemporalBakeLives lives = new TemporalBakeLives(WorkflowClient.newInstance(nobody));

        assertThat(lives.of(new BakeRun(WEB, Optional.of("run-1")))).isEqualTo(BakeLife.UNKNOWN);
        assertThat(lives.of(new BakeRun(WEB, Optional.of("run-2")))).isEqualTo(BakeLife.UNKNOWN);
        nobody.shutdownNow();
    }

    private TemporalBakeLives lives() {
        return new TemporalBakeLives(temporal.getWorkflowClient());
    }

    /** Nobody polls the queue: the bake stays open until the test ends it. */
    private BakeRun begins(String id) {
        WorkflowExecution run = stub(id).start();
        return new BakeRun(id, Optional.of(run.getRunId()));
    }

    private void terminate(String id) {
        temporal.getWorkflowClient().newUntypedWorkflowStub(id).terminate("by a test");
    }

    private WorkflowStub stub(String id) {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue("nobody")
                                .build());
    }
}
