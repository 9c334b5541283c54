package org.amibakery.acceptance.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Clock;
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
import org.amibakery.doctor.Doctor;
import org.amibakery.doctor.Verdict;
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
 * finds nothing changed, the reaper, the clean-up of orphans, of old images in all its stages and of what they leave, and a look at
 * the installation's health.
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
            run.examinesTheInstallation();
            return account.evidence();
        }
    }

    private void bakesWithEveryStage() {
        SimulatedInstallation.hasBakedBefore(account.simulator(), FAMILY);
        account.remains().hasSharedImage(FAMILY, FRIEND);
        account.remains().hasSnapshotOfImageThatIsGone(FAMILY);
        account.remains().hasFreeVolumeOf(BakeWorkflow.id(FAMILY, "us-east-1"));
        account.simulator().ssm().nextCommandOf("install-packages").printsMoreThan24000Characters();

        WorkflowStub deprecating = retires("deprecating", "deprecateFor");
        WorkflowStub disabling = retires("disabling", "disableFor");
        List<WorkflowStub> beside = Stream.of("first", "second", "third")
                .map(name -> start(name, FullRun::saysNothingButWhereToCopyTo))
                .toList(); // of many commands the worker asks otherwise than of few
        BakeReport report = start(FAMILY, recipe -> {}).getResult(BakeReport.class);

        assertThat(Stream.concat(beside.stream(), Stream.of(deprecating, disabling)))
                .allSatisfy(bake ->
                        assertThat(bake.getResult(BakeReport.class).state()).isEqualTo(BakeState.COMPLETED));
        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.leaked()).isEmpty();
        assertThat(report.deleted()).isNotEmpty();
    }

    /** Bakes a family of which old images are taken out of use in one way, and not deleted. */
    private WorkflowStub retires(String family, String how) {
        SimulatedInstallation.hasBakedBefore(account.simulator(), family);
        return start(family, recipe -> {
            recipe.remove("image");
            recipe.putObject("retention")
                    .put("olderThan", "30d")
                    .put("keepAtLeast", 3)
                    .put(how, "14d");
        });
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

    /** With a sound installation, so that every checkup gets to its last call. */
    private void examinesTheInstallation() {
        assertThat(Doctor.examine(account.workersClients(), account.installation(), Clock.systemUTC())
                        .values())
                .hasSizeGreaterThan(4)
                .allSatisfy(findings -> assertThat(findings).isNotEmpty().allSatisfy(finding -> assertThat(
                                finding.verdict())
                        .as(finding.toString())
                        .isEqualTo(Verdict.GOOD)));
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
