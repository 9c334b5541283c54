package org.amibakery.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
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
                .fetchHistory(ReaperWorkflow.id("ami-bakery"))
                .getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes();
        assertThat(started.getWorkflowType().getName()).isEqualTo("ReaperWorkflow");
        assertThat(started.getCronSchedule()).isEqualTo("*/15 * * * *");
        assertThat(started.getInput().getPayloads(0).getData().toStringUtf8())
                .isEqualTo("{\"mode\":\"REMOVE\",\"stack\":\"ami-bakery\",\"settle\":null}");
    }

    @Test
    void leaves_what_another_worker_installed() {
        schedule.install("ami-bakery");

        assertThat(schedule.install("ami-bakery")).isEqualTo(Installed.AS_IT_WAS);
    }
}
