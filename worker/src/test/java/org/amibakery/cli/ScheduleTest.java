package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.amibakery.cli.CommandTrial.Ran;
import org.amibakery.schedule.WindowCron;
import org.amibakery.temporal.EmbeddedTemporal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server without schedules; acceptance tries a real one. */
class ScheduleTest {
    @TempDir
    private Path folder;

    private final EmbeddedTemporal temporal = EmbeddedTemporal.start();

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void runs_a_window_by_a_cron_expression_where_there_are_no_schedules() {
        Ran ran = bakery("schedule", "apply", recipes().windowIn("UTC"));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("window/nightly/cron: new%n".formatted());
        assertThat(ran.err()).contains("This Temporal has no schedules, so windows run by cron expressions");
        assertThat(temporal.connection()
                        .client()
                        .fetchHistory(WindowCron.id("nightly"))
                        .getEvents()
                        .get(0)
                        .getWorkflowExecutionStartedEventAttributes()
                        .getCronSchedule())
                .isEqualTo("30 2 * * *");
    }

    @Test
    void leaves_a_cron_workflow_as_it_is_and_says_how_to_change_it() {
        bakery("schedule", "apply", recipes().windowIn("UTC"));

        Ran ran = bakery("schedule", "apply", recipes().windowIn("UTC"));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("runs already and stays as it is", "temporal workflow cancel --workflow-id");
    }

    @Test
    void refuses_a_time_zone_that_a_cron_expression_cannot_keep() {
        Ran ran = bakery("schedule", "apply", recipes().windowIn("Europe/Warsaw"));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("On 2027-03-28 there is no 02:30 in Europe/Warsaw")
                .contains("Window nightly was not installed: its times are in Europe/Warsaw");
    }

    @Test
    void says_that_there_are_no_schedules_to_look_after() {
        Ran ran = bakery("schedule", "list");

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err()).startsWith("This Temporal has no schedules");
    }

    @Test
    void refuses_two_files_of_one_window() {
        String file = recipes().windowIn("UTC");

        Ran ran = bakery("schedule", "apply", file, file);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("another file is of window nightly, too; give it a name of its own");
    }

    @Test
    void refuses_a_backfill_that_ends_before_it_begins_or_in_the_future() {
        Ran backwards = bakery(
                "schedule", "backfill", "nightly", "--from", "2026-11-02T00:00:00Z", "--to", "2026-11-01T00:00:00Z");
        Ran ahead = bakery(
                "schedule", "backfill", "nightly", "--from", "2026-11-02T00:00:00Z", "--to", "2999-11-01T00:00:00Z");

        assertThat(backwards.exitCode()).isEqualTo(2);
        assertThat(backwards.err()).startsWith("--to must be later than --from.");
        assertThat(ahead.exitCode()).isEqualTo(2);
        assertThat(ahead.err()).startsWith("--to must not be in the future");
    }

    @Test
    void asks_which_of_its_commands_is_wanted() {
        Ran ran = bakery("schedule");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("Which of them? bakery schedule apply installs windows");
    }

    private Ran bakery(String... arguments) {
        return new CommandTrial().with(temporal.connection()).run(arguments);
    }

    private Recipes recipes() {
        return new Recipes(folder);
    }
}
