package org.amibakery.acceptance.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.wire.Call;
import org.amibakery.temporal.EmbeddedTemporal;
import org.amibakery.window.MaintenanceWindow;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.window.WindowReport;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A run of everything that the product does on AWS: a bake with all of its stages, one that fails and cleans up, a window that
 * finds nothing changed, the reaper, the clean-up of orphans, of old images and of what they leave.
 */
final class FullRun {
    private static final String FAMILY = "staged";
    private static final String FRIEND = "111122223333";

    private final PermittedAccount account;
    private final EmbeddedTemporal temporal;

    private FullRun(PermittedAccount account, EmbeddedTemporal temporal) {
        this.account = account;
        this.temporal = temporal;
    }

    /**
     * What was seen of a run.
     *
     * @param calls by whom, in order
     */
    record Evidence(World world, Map<Principal, List<Call>> calls) {}

    /** Runs everything, once for all tests, and tells what was called. */
    static Evidence evidence() {
        return Once.EVIDENCE;
    }

    private static final class Once {
        private static final Evidence EVIDENCE = run();
    }

    private static Evidence run() {
        try (PermittedAccount account = PermittedAccount.open();
                EmbeddedTemporal temporal = EmbeddedTemporal.start();
                BakeryWorker worker = BakeryWorker.start(
                        temporal.connection(),
                        account.workersClients(),
                        account.installation(),
                        WorkerCapacity.DEFAULT,
                        BakeryCounters.NONE)) {
            assertThat(worker.polls()).isTrue();
            FullRun run = new FullRun(account, temporal);
            run.bakesWithEveryStage();
            run.findsNothingChanged();
            run.failsAndDiscardsTheImage();
            run.reaps();
            run.cleansUpOrphans();
            return account.evidence();
        }
    }

    private void bakesWithEveryStage() {
        SimulatedInstallation.hasBakedBefore(account.simulator(), FAMILY);
        account.remains().hasSharedImage(FAMILY, FRIEND);
        account.remains().hasSnapshotOfImageThatIsGone(FAMILY);
        account.remains().hasFreeVolumeOf(BakeWorkflow.id(FAMILY, "us-east-1"));
        account.simulator().ssm().nextCommandOf("install-packages").printsMoreThan24000Characters();

        List<WorkflowStub> beside = Stream.of("first", "second", "third")
                .map(name -> start(name, FullRun::saysNothingButWhereToCopyTo))
                .toList(); // of many commands the worker asks otherwise than of few
        BakeReport report = start(FAMILY, recipe -> {}).getResult(BakeReport.class);

        assertThat(beside)
                .allSatisfy(bake ->
                        assertThat(bake.getResult(BakeReport.class).state()).isEqualTo(BakeState.COMPLETED));
        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.leaked()).isEmpty();
        assertThat(report.deleted()).isNotEmpty();
    }

    private static void saysNothingButWhereToCopyTo(ObjectNode recipe) {
        recipe.putObject("image").putArray("copyTo").add("eu-west-1");
    }

    private void findsNothingChanged() {
        MaintenanceWindow window = new MaintenanceWindow(
                "weekly",
                Duration.ofHours(4),
                null,
                null,
                null,
                Optional.empty(),
                null,
                List.of(new BakeRequest(recipe(FAMILY))),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        WindowReport report = temporal.connection()
                .client()
                .newWorkflowStub(MaintenanceWindowWorkflow.class, options("window/weekly"))
                .run(window);

        assertThat(report.recipes()).singleElement().satisfies(line -> assertThat(line.state())
                .hasToString("UNCHANGED"));
    }

    private void failsAndDiscardsTheImage() {
        account.simulator().ssm().nextCommandOf("AWS-RunShellScript").failsWith(1, "", "ansible is not there");

        WorkflowStub bake = start("failing", recipe -> {});

        assertThat(catchThrowable(() -> bake.getResult(BakeReport.class))).isInstanceOf(WorkflowFailedException.class);
        assertThat(account.simulator().ledger().imagesDeleted())
                .anyMatch(image -> image.name().startsWith("failing"));
    }

    private void reaps() {
        account.remains().leavesOneOfEachKind();

        ReaperReport report = temporal.connection()
                .client()
                .newWorkflowStub(ReaperWorkflow.class, options(ReaperWorkflow.id("ami-bakery")))
                .reap(ReaperRequest.removal("ami-bakery").settling(Duration.ofMillis(100)));

        assertThat(report.removed()).hasSizeGreaterThan(4);
        assertThat(report.failed()).isEmpty();
    }

    private void cleansUpOrphans() {
        account.remains().leavesOneOfEachKind();

        SdkBytes answer = account.invokesAsTheRuleDoes();

        assertThat(answer.asUtf8String()).contains("\"failed\":[]").doesNotContain("\"removed\":[]");
    }

    private WorkflowStub start(String family, Consumer<ObjectNode> changes) {
        ObjectNode recipe = recipe(family);
        changes.accept(recipe);
        WorkflowStub bake = temporal.connection()
                .client()
                .newUntypedWorkflowStub("BakeWorkflow", options(BakeWorkflow.id(family, "us-east-1")));
        bake.start(new BakeRequest(recipe));
        return bake;
    }

    private static WorkflowOptions options(String id) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                .setWorkflowId(id)
                .build();
    }

    private ObjectNode recipe(String family) {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        recipe.put("name", family);
        ((ObjectNode) recipe.at("/playbooks/0")).put("source", account.playbook());
        ObjectNode image = recipe.putObject("image")
                .put("encrypt", false)
                .put("deprecateAfter", "90d")
                .put("parameter", "/ami-bakery/images/" + family);
        image.putArray("shareWith").add(FRIEND);
        image.putArray("copyTo").add("eu-west-1").add("ap-northeast-1");
        image.putObject("test").put("command", "ansible --version");
        return recipe;
    }
}
