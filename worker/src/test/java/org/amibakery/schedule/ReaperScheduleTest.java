package org.amibakery.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.schedule.ReaperSchedule.Installed;
import org.amibakery.temporal.EmbeddedTemporal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a server without schedules; acceptance tries a real one. */
class ReaperScheduleTest {
    private final EmbeddedTemporal temporal = EmbeddedTemporal.start();
    private final ReaperSchedule schedule = new ReaperSchedule(temporal.connection());

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void runs_by_a_cron_expression_where_there_are_no_schedules() {
        assertThat(schedule.install("ami-bakery")).isEqualTo(Installed.NEW);

        WorkflowExecutionStartedEventAttributes started = temporal.connection()
                .client()
                .fetchHistory("reaper/ami-bakery/cron")
                .getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes();
        assertThat(started.getWorkflowType().getName()).isEqualTo("ReaperWorkflow");
        assertThat(started.getCronSchedule()).isEqualTo("*/15 * * * *");
        assertThat(started.getInput().getPayloads(0).getData().toStringUtf8())
                .isEqualTo("{\"mode\":\"REMOVE\",\"stack\":\"ami-bakery\",\"settle\":null}");
    }

    @Test
    void does_not_stand_in_the_way_of_a_run_by_hand() {
        schedule.install("ami-bakery");

        WorkflowStub byHand = temporal.connection()
                .client()
                .newUntypedWorkflowStub(
                        ReaperWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ReaperWorkflow.id("ami-bakery"))
                                .setTaskQueue("nobody")
                                .build());

        assertThatCode(() -> byHand.start(ReaperRequest.plan("ami-bakery"))).doesNotThrowAnyException();
    }

    @Test
    void leaves_what_another_worker_installed() {
        schedule.install("ami-bakery");

        assertThat(schedule.install("ami-bakery")).isEqualTo(Installed.AS_IT_WAS);
    }
}
