package org.amibakery.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import org.amibakery.bake.BakeryJson;
import org.amibakery.recipe.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReaperWorkflowTest {
    private static final String QUEUE = "reaper";
    private static final Duration HALF_WAY = ReaperRequest.USUAL_SETTLE.dividedBy(2);

    private final FakeTerritories account = new FakeTerritories();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());

    private final Worker worker = temporal.newWorker(QUEUE);

    @BeforeEach
    void start() {
        worker.registerWorkflowImplementationTypes(ReaperWorkflowImpl.class);
        worker.registerActivitiesImplementations(account);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void removes_what_was_an_orphan_at_both_looks_and_sees_instances_gone() {
        Resource builder = account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-1");
        Resource image = account.hasOrphan(ResourceKind.IMAGE, "eu-west-1", "ami-1");
        Resource living = account.hasLivingOne(ResourceKind.INSTANCE, "us-east-1", "i-2");

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(report.state()).isEqualTo(ReaperState.COMPLETED);
        assertThat(report.removed()).extracting(Verdict::resource).containsExactly(builder, image);
        assertThat(report.kept()).extracting(Verdict::resource).containsExactly(living);
        assertThat(report.failed()).isEmpty();
        assertThat(Duration.between(
                        report.firstLook().orElseThrow(), report.secondLook().orElseThrow()))
                .isGreaterThanOrEqualTo(ReaperRequest.USUAL_SETTLE);
        assertThat(account.everything()).containsExactly(living);
        assertThat(account.calls())
                .containsExactlyInAnyOrder(
                        "find regions",
                        "look in us-east-1",
                        "look in eu-west-1",
                        "look in us-east-1",
                        "look in eu-west-1",
                        "remove 1 in us-east-1",
                        "remove 1 in eu-west-1",
                        "await gone i-1")
                .endsWith("await gone i-1");
    }

    @Test
    void ends_at_once_when_nothing_is_left_behind() {
        account.hasLivingOne(ResourceKind.INSTANCE, "us-east-1", "i-1");
        account.hasRegion("eu-west-1");

        WorkflowStub reaper = begin(ReaperRequest.removal("ami-bakery"));
        ReaperReport report = reaper.getResult(ReaperReport.class);

        assertThat(report.regions()).containsExactly(new Region("us-east-1"), new Region("eu-west-1"));
        assertThat(report.secondLook()).isEmpty();
        assertThat(account.calls()).hasSize(3);
        assertThat(events(reaper))
                .extracting(HistoryEvent::getEventType)
                .doesNotContain(EventType.EVENT_TYPE_TIMER_STARTED);
    }

    @Test
    void spares_what_became_good_between_the_looks() {
        Resource image = account.hasOrphan(ResourceKind.IMAGE, "us-east-1", "ami-1");
        temporal.registerDelayedCallback(HALF_WAY, () -> account.isGood(image));

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(report.orphans()).extracting(Verdict::resource).containsExactly(image);
        assertThat(report.removed()).isEmpty();
        assertThat(report.kept())
                .extracting(Verdict::reason)
                .containsExactly("is tagged good, so retention decides about it");
        assertThat(account.everything()).containsExactly(image);
        assertThat(account.calls()).noneMatch(call -> call.startsWith("remove"));
    }

    @Test
    void spares_what_its_bake_took_back_or_removed_itself_between_the_looks() {
        Resource reset = account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-reset");
        Resource ended = account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-ended");
        temporal.registerDelayedCallback(HALF_WAY, () -> {
            account.hasLivingOne(ResourceKind.INSTANCE, "us-east-1", "i-reset");
            account.isGone(ended);
        });

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(report.removed()).isEmpty();
        assertThat(report.kept())
                .extracting(Verdict::resource, Verdict::reason)
                .contains(
                        tuple(reset, "belongs to bake/web, which runs"),
                        tuple(ended, "was gone at the second look, without our doing"));
        assertThat(account.everything()).containsExactly(reset);
    }

    @Test
    void does_not_act_on_what_only_the_second_look_shows() {
        Resource first = account.hasOrphan(ResourceKind.VOLUME, "us-east-1", "vol-1");
        temporal.registerDelayedCallback(HALF_WAY, () -> account.hasOrphan(ResourceKind.VOLUME, "us-east-1", "vol-2"));

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(report.removed()).extracting(Verdict::resource).containsExactly(first);
        assertThat(account.everything()).extracting(Resource::id).containsExactly("vol-2");
    }

    @Test
    void changes_nothing_and_waits_for_nothing_when_it_only_plans() {
        Resource builder = account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-1");

        ReaperReport report = reap(ReaperRequest.plan("ami-bakery"));

        assertThat(report.mode()).isEqualTo(ReaperMode.PLAN);
        assertThat(report.orphans()).extracting(Verdict::resource).containsExactly(builder);
        assertThat(report.removed()).isEmpty();
        assertThat(account.calls()).containsExactly("find regions", "look in us-east-1");
    }

    @Test
    void only_plans_when_a_client_sends_no_input() {
        account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-1");
        WorkflowStub reaper = stub();
        reaper.start();

        ReaperReport report = reaper.getResult(ReaperReport.class);

        assertThat(report.mode()).isEqualTo(ReaperMode.PLAN);
        assertThat(account.everything()).hasSize(1);
    }

    @Test
    void goes_on_past_a_region_out_of_reach_and_a_refused_removal() {
        account.hasRegion("ap-south-2");
        account.refusesLooksInto("ap-south-2", "EC2 answered OptInRequired to DescribeInstances in ap-south-2.");
        Resource stuck = account.hasOrphan(ResourceKind.SNAPSHOT, "us-east-1", "snap-1");
        Resource loose = account.hasOrphan(ResourceKind.SNAPSHOT, "us-east-1", "snap-2");
        account.refusesToRemove(stuck, "EC2 answered InvalidSnapshot.InUse to DeleteSnapshot.");

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(report.state()).isEqualTo(ReaperState.COMPLETED);
        assertThat(report.outOfReach())
                .containsExactly(new OutOfReach(
                        new Region("ap-south-2"), "EC2 answered OptInRequired to DescribeInstances in ap-south-2."));
        assertThat(report.removed()).extracting(Verdict::resource).containsExactly(loose);
        assertThat(report.failed())
                .extracting(Verdict::resource, Verdict::reason)
                .containsExactly(tuple(stuck, "EC2 answered InvalidSnapshot.InUse to DeleteSnapshot."));
    }

    @Test
    void removes_many_in_batches_and_leaves_the_rest_of_a_great_number_to_the_next_run() {
        for (int number = 0; number < 230; number++) {
            account.hasOrphan(ResourceKind.SNAPSHOT, "us-east-1", "snap-" + number);
        }

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(report.orphanCount()).isEqualTo(230);
        assertThat(report.removed()).hasSize(200);
        assertThat(account.everything()).hasSize(30);
        assertThat(account.calls())
                .filteredOn(call -> call.equals("remove 25 in us-east-1"))
                .hasSize(8);
    }

    @Test
    void replays_what_it_did() throws Exception {
        account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-1");
        account.hasOrphan(ResourceKind.IMAGE, "eu-west-1", "ami-1");
        account.hasRegion("ap-south-2");
        account.refusesLooksInto("ap-south-2", "EC2 answered OptInRequired.");
        WorkflowStub reaper = begin(ReaperRequest.removal("ami-bakery"));
        reaper.getResult(ReaperReport.class);

        WorkflowExecutionHistory history = temporal.getWorkflowClient()
                .fetchHistory(
                        reaper.getExecution().getWorkflowId(),
                        reaper.getExecution().getRunId());

        WorkflowReplayer.replayWorkflowExecution(history, worker);
        assertThat(history.getEvents())
                .extracting(HistoryEvent::getEventType)
                .contains(EventType.EVENT_TYPE_TIMER_FIRED);
    }

    @Test
    void tells_in_words_what_it_found_and_did() {
        Resource builder = account.hasOrphan(ResourceKind.INSTANCE, "us-east-1", "i-1");

        ReaperReport report = reap(ReaperRequest.removal("ami-bakery"));

        assertThat(ReaperDetails.of(report))
                .startsWith("**Reaper of ami-bakery** (remove): completed\n")
                .contains("\nRemoved: 1\n")
                .contains("| instance i-1 | us-east-1 | bake/web | was left by bake/web, which has ended |")
                .doesNotContain("Failed");
        assertThat(report.removed()).extracting(Verdict::resource).containsExactly(builder);
    }

    private ReaperReport reap(ReaperRequest request) {
        return begin(request).getResult(ReaperReport.class);
    }

    private WorkflowStub begin(ReaperRequest request) {
        WorkflowStub reaper = stub();
        reaper.start(request);
        return reaper;
    }

    private WorkflowStub stub() {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        ReaperWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(ReaperWorkflow.id("ami-bakery"))
                                .build());
    }

    private List<HistoryEvent> events(WorkflowStub reaper) {
        WorkflowExecution execution = reaper.getExecution();
        return temporal.getWorkflowClient()
                .fetchHistory(execution.getWorkflowId(), execution.getRunId())
                .getEvents();
    }
}
