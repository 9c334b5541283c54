package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.cli.CommandTrial.Ran;
import org.amibakery.reaper.ReaperWorkflowImpl;
import org.amibakery.temporal.EmbeddedTemporal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReaperTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SmallLeftovers account = new SmallLeftovers();
    private final EmbeddedTemporal temporal = EmbeddedTemporal.start();
    private final WorkerFactory workers =
            WorkerFactory.newInstance(temporal.connection().client());

    @AfterEach
    void close() {
        workers.shutdownNow();
        temporal.close();
    }

    @Test
    void plans_without_touching_anything() {
        Ran ran = withWorker().run("reaper", "plan");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .isEqualToNormalizingNewlines(
                        """
                        ami-bakery, 1 region: 1 to remove, 1 to keep
                          would be removed
                            instance          i-0orphan              us-east-1       was left by bake/web/us-east-1, which has ended
                          kept
                            instance          i-0living              us-east-1       belongs to bake/api/us-east-1, which runs
                        """);
        assertThat(account.orphans()).hasSize(1);
    }

    @Test
    void plans_in_json() throws IOException {
        Ran ran = withWorker().run("reaper", "plan", "--output", "json");

        JsonNode plan = JSON.readTree(ran.out());
        assertThat(plan.path("stack").asText()).isEqualTo("ami-bakery");
        assertThat(plan.path("mode").asText()).isEqualTo("plan");
        assertThat(plan.path("state").asText()).isEqualTo("completed");
        assertThat(plan.path("orphans").findValuesAsText("id")).containsExactly("i-0orphan");
        assertThat(plan.path("orphans").findValuesAsText("kind")).containsExactly("instance");
        assertThat(plan.path("kept").findValuesAsText("id")).containsExactly("i-0living");
        assertThat(plan.path("removed")).isEmpty();
        assertThat(plan.path("secondLook").isNull()).isTrue();
    }

    @Test
    void previews_a_run_until_it_is_told_yes() {
        Ran ran = withWorker().run("reaper", "run");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("would be removed", "i-0orphan");
        assertThat(ran.err()).endsWith("Nothing was removed. To remove it: bakery reaper run --yes%n".formatted());
        assertThat(account.orphans()).hasSize(1);
    }

    @Test
    void removes_when_it_is_told_yes_and_reports() {
        Ran ran = withWorker().run("reaper", "run", "--yes", "--settle", "2s");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith(
                        "ami-bakery, 1 region: 1 removed, 0 failed, 1 kept%n  removed%n    instance          i-0orphan "
                                .formatted());
        assertThat(ran.err()).contains("Found 1 orphan; waits, and looks again before anything is removed.");
        assertThat(account.orphans()).isEmpty();
    }

    @Test
    void ends_with_3_when_something_could_not_be_removed() {
        account.refusesToRemove("EC2 answered UnauthorizedOperation to TerminateInstances of i-0orphan.");

        Ran ran = withWorker().run("reaper", "run", "--yes", "--settle", "1s");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out())
                .contains(
                        "0 removed, 1 failed",
                        "EC2 answered UnauthorizedOperation to TerminateInstances of i-0orphan.");
    }

    @Test
    void says_so_when_the_worker_serves_another_stack() {
        Ran ran = withWorker().with("BAKERY_STACK", "other").run("reaper", "plan");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).isEqualTo("The reaper stopped: This worker serves the stack ami-bakery.%n".formatted());
    }

    @Test
    void ends_when_no_worker_takes_it() {
        Ran ran = new CommandTrial().with(temporal.connection()).run("reaper", "plan");

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err())
                .isEqualTo(("No worker polls the task queue ami-bakery of namespace default, so the reaper waits."
                                + " Start one with: bakery worker%n")
                        .formatted());
    }

    @Test
    void asks_which_of_its_commands_is_wanted() {
        Ran ran = new CommandTrial().run("reaper");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("Which of the two? bakery reaper plan shows what would be removed");
    }

    private CommandTrial withWorker() {
        Worker worker = workers.newWorker(BakeWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(ReaperWorkflowImpl.class);
        worker.registerActivitiesImplementations(account, new SmallAccount());
        workers.start();
        return new CommandTrial().with(temporal.connection());
    }
}
