package org.amibakery.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import org.amibakery.bake.BakeryJson;
import org.amibakery.bake.PlanActivities;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionWorkflowTest {
    private static final String QUEUE = "retention";
    private static final String ID = RetentionWorkflow.id("web", "us-east-1");

    private final FakeImages images = new FakeImages();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final Worker worker = temporal.newWorker(QUEUE);

    @BeforeEach
    void start() {
        worker.registerWorkflowImplementationTypes(RetentionWorkflowImpl.class);
        worker.registerActivitiesImplementations(images);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void only_plans_unless_asked_to_delete() {
        images.areOld("us-east-1", 2);

        FamilyRetention report = run(request(recipe()));

        assertThat(report.state()).isEqualTo(RetentionState.COMPLETED);
        assertThat(report.mode()).isEqualTo(RetentionMode.PLAN);
        assertThat(report.plannedCount()).isEqualTo(2);
        assertThat(report.deletedCount()).isZero();
        assertThat(report.keptCount()).isEqualTo(1);
        assertThat(report.regions().get(0).planned())
                .extracting(ImageVerdict::name)
                .containsExactly("web-0", "web-1");
        assertThat(images.left("us-east-1")).isEqualTo(2);
        assertThat(images.calls()).containsExactly("PLAN us-east-1");
    }

    @Test
    void plans_everywhere_before_it_deletes_anywhere() {
        images.areOld("us-east-1", 2);
        images.areOld("eu-west-1", 1);
        ObjectNode recipe = recipe();
        recipe.putArray("copyTo").add("eu-west-1");

        FamilyRetention report = run(request(recipe).put("mode", "DELETE"));

        assertThat(images.calls())
                .containsExactly("PLAN us-east-1", "PLAN eu-west-1", "DELETE us-east-1", "DELETE eu-west-1");
        assertThat(report.deletedCount()).isEqualTo(3);
        assertThat(report.keptCount()).isEqualTo(2); // told anew by the deletion, not counted twice
        assertThat(report.ended()).isPresent();
    }

    @Test
    void goes_on_where_the_function_ran_out_of_time() {
        images.areOld("us-east-1", 5);
        images.answersAfter(2);

        FamilyRetention report = run(request(recipe()).put("mode", "DELETE"));

        assertThat(report.deletedCount()).isEqualTo(5);
        assertThat(images.calls())
                .containsExactly("PLAN us-east-1", "DELETE us-east-1", "DELETE us-east-1", "DELETE us-east-1");
    }

    @Test
    void deletes_no_more_than_it_may() {
        images.areOld("us-east-1", 1_200);

        FamilyRetention report = run(request(recipe()).put("mode", "DELETE").put("most", 1_100));

        assertThat(report.deletedCount()).isEqualTo(1_100);
        assertThat(images.left("us-east-1")).isEqualTo(100);
        assertThat(report.regions().get(0).deleted()).hasSize(200); // the rest is only counted
    }

    @Test
    void goes_through_a_hundred_thousand_images_in_several_runs_without_losing_count() {
        images.areOld("us-east-1", 60_000);
        images.areOld("eu-west-1", 60_000);
        ObjectNode recipe = recipe();
        recipe.putArray("copyTo").add("eu-west-1");

        WorkflowStub first = begin(request(recipe).put("mode", "DELETE").put("most", 100_000));
        FamilyRetention report = first.getResult(FamilyRetention.class);

        assertThat(report.deletedCount()).isEqualTo(120_000);
        assertThat(report.plannedCount()).isEqualTo(2_000); // a plan is one run of the function
        assertThat(report.regions()).extracting(RegionRetention::unfinished).allMatch(why -> why.isEmpty());
        assertThat(history(first.getExecution()).getLastEvent().getEventType())
                .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
        assertThat(images.left("eu-west-1")).isZero();
    }

    @Test
    void tells_what_was_taken_one_step_out_of_use_and_counts_it_against_what_may_go() {
        images.areOld("us-east-1", 3);
        images.areWithdrawnFirst();

        FamilyRetention report = run(request(recipe()).put("mode", "DELETE").put("most", 2));

        RegionRetention region = report.regions().get(0);
        assertThat(region.planned())
                .extracting(ImageVerdict::reason)
                .containsExactly(
                        "to be deprecated: older than 30 days and unused",
                        "to be deprecated: older than 30 days and unused");
        assertThat(region.withdrawn()).extracting(image -> image.id().value()).containsExactly("ami-0", "ami-1");
        assertThat(report.withdrawnCount()).isEqualTo(2);
        assertThat(report.deletedCount()).isZero();
        assertThat(RetentionDetails.of(report))
                .contains("| ami-0 | web-0 | deprecated until 2026-12-24T00:00:00Z: older than 30 days and unused |");
    }

    @Test
    void one_regions_failure_stops_no_other() {
        images.areOld("us-east-1", 2);
        images.failsIn("eu-west-1", "EC2 answered UnauthorizedOperation.");
        ObjectNode recipe = recipe();
        recipe.putArray("copyTo").add("eu-west-1");

        FamilyRetention report = run(request(recipe).put("mode", "DELETE"));

        assertThat(report.state()).isEqualTo(RetentionState.COMPLETED);
        assertThat(report.deletedCount()).isEqualTo(2);
        assertThat(report.troubles()).containsExactly("eu-west-1: EC2 answered UnauthorizedOperation.");
    }

    @Test
    void tells_what_aws_refused() {
        images.areOld("us-east-1", 1);
        images.refuses("ami-9", "EC2 answered OperationNotPermitted.");

        FamilyRetention report = run(request(recipe()).put("mode", "DELETE"));

        assertThat(report.troubles()).containsExactly("ami-9 in us-east-1 stays: EC2 answered OperationNotPermitted.");
    }

    @Test
    void fails_at_once_for_a_recipe_that_cannot_be_read() {
        WorkflowStub run = begin(request(recipe().put("invalid", "/retention: no such key")));

        assertThatThrownBy(() -> run.getResult(FamilyRetention.class))
                .cause()
                .hasRootCauseInstanceOf(ApplicationFailure.class)
                .rootCause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(PlanActivities.INVALID_RECIPE);
                    assertThat(failure.getOriginalMessage()).isEqualTo("/retention: no such key");
                });
        assertThat(images.calls()).isEmpty();
    }

    @Test
    void fails_at_once_without_a_request() {
        WorkflowStub run = stub();
        run.start();

        assertThatThrownBy(() -> run.getResult(FamilyRetention.class)).hasStackTraceContaining("/name: is missing");
    }

    @Test
    void replays_what_it_did() throws Exception {
        images.areOld("us-east-1", 1_200);
        images.answersAfter(300);
        WorkflowStub run = begin(request(recipe()).put("mode", "DELETE").put("most", 1_100));
        run.getResult(FamilyRetention.class);

        WorkflowReplayer.replayWorkflowExecution(history(run.getExecution()), worker);
    }

    @Test
    void shows_each_region_and_each_image() {
        images.areOld("us-east-1", 2);

        FamilyRetention report = run(request(recipe()).put("mode", "DELETE"));

        assertThat(RetentionDetails.of(report))
                .startsWith("**Retention of web** (delete): completed\n")
                .contains("Older than 30d goes, but never one of the newest 3 good images.")
                .contains("**us-east-1**: 2 planned, 2 deleted, 0 withdrawn, 1 kept")
                .contains("| ami-1 | web-1 | older than 30 days and unused |")
                .contains("| ami-new | web-new | is the newest good image |");
    }

    private FamilyRetention run(ObjectNode request) {
        return begin(request).getResult(FamilyRetention.class);
    }

    private WorkflowStub begin(ObjectNode request) {
        WorkflowStub run = stub();
        run.start(request);
        return run;
    }

    private WorkflowStub stub() {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        RetentionWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(ID)
                                .build());
    }

    private WorkflowExecutionHistory history(WorkflowExecution execution) {
        return temporal.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }

    private static ObjectNode request(ObjectNode recipe) {
        return BakeryJson.mapper().createObjectNode().set("recipe", recipe);
    }

    private static ObjectNode recipe() {
        return BakeryJson.mapper().createObjectNode().put("name", "web").put("region", "us-east-1");
    }
}
