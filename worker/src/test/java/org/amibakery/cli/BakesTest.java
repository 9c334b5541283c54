package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.BakeWorkflowImpl;
import org.amibakery.cli.CommandTrial.Ran;
import org.amibakery.temporal.EmbeddedTemporal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SmallAccount ACCOUNT = new SmallAccount();

    private static EmbeddedTemporal temporal;
    private static WorkerFactory workers;

    @TempDir
    private Path folder;

    /** A family of its own for each test, as they share one server. */
    private final String family = "web-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void startWorker() {
        temporal = EmbeddedTemporal.start();
        workers = WorkerFactory.newInstance(temporal.connection().client());
        Worker worker = workers.newWorker(BakeWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(BakeWorkflowImpl.class);
        worker.registerActivitiesImplementations(ACCOUNT);
        workers.start();
    }

    @AfterAll
    static void stopWorker() {
        workers.shutdownNow();
        temporal.close();
    }

    @Test
    void ends_with_one_object_of_the_promised_shape() throws IOException {
        Ran ran = bakery().run("bake", recipe(), "--follow", "--output", "json");

        assertThat(ran.exitCode()).isZero();
        JsonNode bake = JSON.readTree(ran.out());
        assertThat(fields(bake))
                .containsExactly(
                        "workflowId",
                        "runId",
                        "recipe",
                        "region",
                        "imageId",
                        "imageName",
                        "foundationImageId",
                        "state",
                        "startedAt",
                        "steps",
                        "stages",
                        "deleted",
                        "leaked",
                        "warnings",
                        "failure");
        assertThat(bake.get("workflowId").asText()).isEqualTo(id());
        assertThat(bake.get("recipe").asText()).isEqualTo(family);
        assertThat(bake.get("region").asText()).isEqualTo("us-east-1");
        assertThat(bake.get("imageId").asText()).isEqualTo("ami-" + family + "-1");
        assertThat(bake.get("foundationImageId").asText()).isEqualTo("ami-foundation");
        assertThat(bake.get("state").asText()).isEqualTo("completed");
        assertThat(bake.get("leaked")).isEmpty();
        assertThat(bake.get("deleted").findValuesAsText("id")).containsExactly("ami-old");
        assertThat(bake.get("steps").findValuesAsText("step"))
                .containsExactlyElementsOf(
                        List.of(BakeStep.values()).stream().map(Enum::name).toList());
        assertThat(bake.get("steps").findValuesAsText("state")).containsOnly("completed");
        assertThat(fields(bake.get("steps").get(0)))
                .containsExactly("step", "state", "startedAt", "endedAt", "attempts", "detail");
    }

    @Test
    void ends_with_an_array_for_several_recipes() throws IOException {
        Recipes recipes = new Recipes(folder);
        String other = family + "-b";

        Ran ran = bakery().run("bake", recipe(), recipes.named(other), "--follow", "-o", "json");

        assertThat(JSON.readTree(ran.out()).findValuesAsText("recipe")).containsExactly(family, other);
    }

    @Test
    void tells_each_event_on_a_plain_line_without_a_terminal() {
        Ran ran = bakery().run("bake", recipe(), "--follow");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()
                        .replaceAll("[0-9]{2}:[0-9]{2}:[0-9]{2}", "HH:MM:SS")
                        .replaceAll("in [0-9]+\\.[0-9] s", "in N s"))
                .startsWith("HH:MM:SS %s: started%n".formatted(family))
                .contains("HH:MM:SS %s 3/11 verify agent: completed in N s (agent 3.3.4108.0 on Amazon Linux 2023)%n"
                        .formatted(family))
                .endsWith("HH:MM:SS %s: completed in N s: ami-%s-1%n".formatted(family, family))
                .doesNotContain("\u001b");
        assertThat(ran.out())
                .startsWith("✓ %s in us-east-1: ami-%s-1 (%s-1), baked in ".formatted(family, family, family))
                .endsWith("    deleted  ami-old web-0: older than 30 days and unused%n".formatted());
    }

    @Test
    void tells_each_event_on_a_json_line_and_the_result_on_the_last() throws IOException {
        Ran ran = bakery().run("bake", recipe(), "--follow", "--output", "jsonl");

        List<String> lines = ran.out().lines().toList();
        assertThat(JSON.readTree(lines.get(0)).get("event").asText()).isEqualTo("bake");
        assertThat(JSON.readTree(lines.get(lines.size() - 1)).get("state").asText())
                .isEqualTo("completed");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void draws_in_place_on_a_terminal_and_gives_the_cursor_back() {
        Ran ran = bakery().onTerminal(60).run("bake", recipe(), "--follow", "--color", "never");

        assertThat(ran.err())
                .startsWith("\u001b[?25l")
                .contains("  ✓ 11 delete old images")
                .contains("\u001b[12A") // back over the headline and the eleven steps
                .endsWith("\u001b[?25h");
        assertThat(ran.err().replaceAll("\u001b\\[[?0-9]*[A-Za-z]", "").lines())
                .allSatisfy(line -> assertThat(line.strip()).hasSizeLessThan(60));
    }

    @Test
    void says_nothing_when_nothing_is_wanted() {
        Ran ran = bakery().run("bake", recipe(), "--follow", "--output", "none");

        assertThat(ran).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void ends_with_3_and_the_reason_when_a_bake_fails() throws IOException {
        ACCOUNT.failsAt(BakeStep.CREATE_IMAGE, "SnapshotLimitExceeded");

        Ran ran = bakery().run("bake", recipe(), "--follow", "--output", "json");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err())
                .endsWith(("Bake %s in us-east-1 stopped at step 7 of 11 (create image): EC2 answered"
                                + " SnapshotLimitExceeded. The builder i-1 is terminated; no image was made.%n")
                        .formatted(family));
        assertThat(JSON.readTree(ran.out()).get("state").asText()).isEqualTo("failed");
        assertThat(JSON.readTree(ran.out()).get("imageId").isNull()).isTrue();
    }

    @Test
    void ends_with_3_when_the_bake_is_canceled_meanwhile() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        CompletableFuture<Ran> following = follow();
        waiting.untilReached();

        Ran cancel = bakery().run("cancel", id());
        Ran followed = following.get();
        waiting.release();

        assertThat(cancel.exitCode()).isZero();
        assertThat(cancel.err())
                .startsWith(id() + ": The cancellation is under way")
                .contains("cleanup: terminate i-1: completed", "cleanup: see that i-1 is gone: completed");
        assertThat(cancel.out()).contains("canceled", "nothing of it is left");
        assertThat(followed.exitCode()).isEqualTo(3);
        assertThat(JSON.readTree(followed.out()).get("state").asText()).isEqualTo("canceled");
    }

    @Test
    void asks_for_a_cancellation_without_waiting_for_it() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        bakery().run("bake", recipe());
        waiting.untilReached();

        Ran cancel = bakery().run("cancel", id(), "--no-follow");
        waiting.release();

        assertThat(cancel.exitCode()).isZero();
        assertThat(cancel.out()).startsWith(id() + ": The cancellation is under way");
    }

    @Test
    void tells_that_a_terminated_bake_could_not_clean_up() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        bakery().run("bake", recipe());
        waiting.untilReached();
        temporal.connection().client().newUntypedWorkflowStub(id()).terminate("by a test");

        Ran ran = bakery().run("status", id(), "--follow");
        waiting.release();

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err())
                .contains("Bake %s in us-east-1 was ended from outside (TerminatedFailure), so it could not clean up."
                        .formatted(family));
    }

    @Test
    void tells_what_a_running_bake_waits_for() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        bakery().run("bake", recipe());
        waiting.untilReached();

        Ran text = bakery().run("status", id());
        Ran json = bakery().run("status", id(), "-o", "json");
        waiting.release();

        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .startsWith(family + " in us-east-1 · running · ")
                .contains("The agent of i-1 is not online yet");
        assertThat(JSON.readTree(json.out()).get("steps").get(2).get("state").asText())
                .isEqualTo("running");
    }

    @Test
    void refuses_a_second_bake_of_a_family_unless_it_may_join() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        Ran first = bakery().run("bake", recipe(), "-o", "json");
        waiting.untilReached();

        Ran second = bakery().run("bake", recipe());
        Ran joined = bakery().run("bake", recipe(), "--join", "-o", "json");
        waiting.release();

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err())
                .startsWith(id() + " runs already (run ")
                .contains("Nothing was started. Add --join to follow it, or stop it with: bakery cancel " + id());
        assertThat(JSON.readTree(joined.out())).isEqualTo(JSON.readTree(first.out()));
    }

    @Test
    void ends_with_5_when_the_wait_ends_before_the_bake() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);

        Ran ran = bakery().run("bake", recipe(), "--timeout", "1s");
        waiting.release();

        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err())
                .endsWith("The wait ended; the bake goes on. Come back with: bakery status --follow %s%n"
                        .formatted(id()));
    }

    @Test
    void ends_with_130_when_it_is_interrupted() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        AtomicReference<Ran> ended = new AtomicReference<>();
        Thread following = new Thread(() -> ended.set(bakery().run("bake", recipe(), "--follow")));
        following.start();
        waiting.untilReached();

        following.interrupt();
        following.join();
        waiting.release();

        assertThat(ended.get().exitCode()).isEqualTo(130);
        assertThat(ended.get().err())
                .endsWith("Interrupted; the bake goes on. Come back with: bakery status --follow %s%n".formatted(id()));
    }

    @Test
    void holds_and_releases_the_builder_of_a_running_bake() throws Exception {
        SmallAccount.Waiting waiting = ACCOUNT.waitsAt(BakeStep.VERIFY_AGENT);
        bakery().run("bake", recipe());
        waiting.untilReached();

        Ran hold = bakery().run("hold", id(), "--for", "2h");
        Ran release = bakery().run("release", id());
        waiting.release();

        assertThat(hold.exitCode()).isZero();
        assertThat(hold.out()).startsWith(id() + ": Should the bake fail, its builder is held for 2h, but not beyond ");
        assertThat(release.out())
                .isEqualTo(id() + ": The builder is terminated as soon as the bake ends.%n".formatted());
    }

    @Test
    void tells_that_a_bake_is_unknown() {
        Ran ran = bakery().run("status", "bake/nobody/us-east-1");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("There is no bake bake/nobody/us-east-1 in namespace default. See which run with: bakery"
                        + " status%n".formatted());
    }

    @Test
    void tells_that_only_running_bakes_can_be_canceled() {
        bakery().run("bake", recipe(), "--follow");

        Ran ran = bakery().run("cancel", id());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("%s does not run. See which bakes do with: bakery status%n".formatted(id()));
    }

    @Test
    void says_so_where_a_server_cannot_list_bakes() {
        Ran ran = bakery().run("status");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("The server at this process cannot list workflows. Name the bake: bakery status"
                        + " bake/RECIPE/REGION%n".formatted());
    }

    @Test
    void starts_nothing_when_two_recipes_make_the_same_family() {
        Ran ran = bakery().run("bake", recipe(), recipe());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("Two of the recipes make " + id());
        assertThat(bakery().run("status", id()).exitCode()).isEqualTo(2);
    }

    private CompletableFuture<Ran> follow() {
        return CompletableFuture.supplyAsync(() -> bakery().run("bake", recipe(), "--follow", "-o", "json"));
    }

    private static CommandTrial bakery() {
        return new CommandTrial().with(temporal.connection());
    }

    private String recipe() {
        return new Recipes(folder).named(family);
    }

    private String id() {
        return "bake/%s/us-east-1".formatted(family);
    }

    private static List<String> fields(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }
}
