package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.cli.CommandTrial.Ran;
import org.amibakery.retention.RetentionWorkflowImpl;
import org.amibakery.temporal.EmbeddedTemporal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final SmallAccount account = new SmallAccount();
    private final EmbeddedTemporal temporal = EmbeddedTemporal.start();
    private final WorkerFactory workers =
            WorkerFactory.newInstance(temporal.connection().client());

    @AfterEach
    void close() {
        workers.shutdownNow();
        temporal.close();
    }

    @Test
    void plans_what_would_go_and_says_what_stays() {
        Ran ran = withWorker().run("retention", "plan", recipes().named("web"));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .isEqualToNormalizingNewlines(
                        """
                        web: older than 30d goes, but never one of the newest 3 good images
                          us-east-1: 1 would go, 1 stay
                            would go
                              ami-old                web-0                                          older than 30 days and unused
                            kept
                              ami-used               web-1                                          is in use by i-1
                        """);
    }

    @Test
    void deletes_nothing_until_it_is_told_yes() {
        Ran ran = withWorker().run("retention", "run", recipes().named("web"));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("1 would go");
        assertThat(ran.err()).endsWith("Nothing was deleted. To delete it, add --yes.%n".formatted());
    }

    @Test
    void deletes_and_reports_in_json_for_all_recipes_of_a_window() throws IOException {
        Ran ran = withWorker().run("retention", "run", recipes().windowIn("UTC"), "--yes", "--output", "json");

        JsonNode report = JSON.readTree(ran.out());
        assertThat(report.path("family").asText()).isEqualTo("web");
        assertThat(report.path("mode").asText()).isEqualTo("delete");
        assertThat(report.path("state").asText()).isEqualTo("completed");
        assertThat(report.at("/policy/olderThan").asText()).isEqualTo("PT720H");
        assertThat(report.at("/regions/0/deleted/0/id").asText()).isEqualTo("ami-old");
        assertThat(report.at("/regions/0/kept/0/reason").asText()).isEqualTo("is in use by i-1");
    }

    @Test
    void ends_with_3_when_something_could_not_be_deleted() {
        account.refusesToDelete("ami-stuck", "EC2 answered UnauthorizedOperation to DeregisterImage of ami-stuck.");

        Ran ran = withWorker().run("retention", "run", recipes().named("web"), "--yes");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out()).contains("us-east-1: 1 deleted, 0 withdrawn, 1 refused, 1 stay");
        assertThat(ran.err()).contains("ami-stuck in us-east-1 stays: EC2 answered UnauthorizedOperation");
    }

    @Test
    void refuses_a_limit_that_is_none() {
        Ran ran = withWorker().run("retention", "plan", recipes().named("web"), "--most", "0");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("--most must be from 1 to 100000.");
    }

    @Test
    void ends_when_no_worker_takes_it() {
        Ran ran = new CommandTrial()
                .with(temporal.connection())
                .run("retention", "plan", recipes().named("web"));

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err()).contains("so retention/web/us-east-1 waits. Start one with: bakery worker");
    }

    private Recipes recipes() {
        return new Recipes(folder);
    }

    private CommandTrial withWorker() {
        Worker worker = workers.newWorker(BakeWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(RetentionWorkflowImpl.class);
        worker.registerActivitiesImplementations(account);
        workers.start();
        return new CommandTrial().with(temporal.connection());
    }
}
