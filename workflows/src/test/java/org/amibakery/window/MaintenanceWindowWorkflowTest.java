package org.amibakery.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.BakeryJson;
import org.amibakery.notification.FakeMailbox;
import org.amibakery.notification.Notification;
import org.amibakery.recipe.ImageId;
import org.amibakery.retention.FakeImages;
import org.amibakery.retention.RetentionMode;
import org.amibakery.retention.RetentionRequest;
import org.amibakery.retention.RetentionWorkflow;
import org.amibakery.retention.RetentionWorkflowImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaintenanceWindowWorkflowTest {
    private static final String QUEUE = "window";

    /** A whole run, however many recipes, is to stay below this; the server warns at 10,240 and ends it at 51,200. */
    private static final int MOST_EVENTS = 10_000;

    private static final int MOST_BYTES = 10 * 1024 * 1024;

    private final FakeFamilies families = new FakeFamilies();
    private final FakeImages images = new FakeImages();
    private final FakeSchedules schedules = new FakeSchedules();
    private final FakeMailbox mailbox = new FakeMailbox();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .registerSearchAttribute(
                            WindowHours.SCHEDULED_START.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME)
                    .registerSearchAttribute(
                            FailureStreak.SCHEDULED_BY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    private final Worker worker = temporal.newWorker(QUEUE);

    @BeforeEach
    void start() {
        worker.registerWorkflowImplementationTypes(
                WorkflowImplementationOptions.newBuilder()
                        .setFailWorkflowExceptionTypes(DataConverterException.class)
                        .build(),
                MaintenanceWindowWorkflowImpl.class,
                RetentionWorkflowImpl.class,
                FakeBake.class);
        worker.registerActivitiesImplementations(families, images, schedules, mailbox);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void bakes_what_changed_under_the_familys_own_id_and_leaves_out_what_did_not() {
        WindowReport report = run(window(recipe("web"), recipe("db").put("unchanged", true)));

        assertThat(report.state()).isEqualTo(WindowState.COMPLETED);
        assertThat(report.recipes())
                .containsExactly(
                        new RecipeLine(
                                "web",
                                RecipeState.BAKED,
                                Optional.of("bake/web/us-east-1"),
                                Optional.of(new ImageId("ami-new-web")),
                                List.of("CHANGED"),
                                ""),
                        new RecipeLine(
                                "db",
                                RecipeState.UNCHANGED,
                                Optional.empty(),
                                Optional.of(new ImageId("ami-old-db")),
                                List.of("CHANGED"),
                                ""));
        assertThat(report.closes()).isEqualTo(report.opened().plus(Duration.ofHours(4)));
        assertThat(report.lastStart()).isEqualTo(report.opened().plus(Duration.ofHours(3)));
        assertThat(report.ended()).hasValueSatisfying(end -> assertThat(end).isAfter(report.opened()));
    }

    @Test
    void hands_force_and_age_to_the_check() {
        ObjectNode window =
                window(recipe("web").put("unchanged", true)).put("force", true).put("rebakeAfter", "PT720H");

        WindowReport report = run(window);

        assertThat(states(report)).containsExactly(RecipeState.BAKED);
        assertThat(report.recipes().get(0).reasons()).containsExactly("FORCED PT720H");
    }

    @Test
    void bakes_unchanged_recipes_too_if_the_window_says_so() {
        WindowReport report = run(window(recipe("web").put("unchanged", true)).put("onlyWhenChanged", false));

        assertThat(states(report)).containsExactly(RecipeState.BAKED);
        assertThat(report.recipes().get(0).reasons()).containsExactly("ALWAYS");
    }

    @Test
    void one_recipes_failure_never_stops_the_others() {
        WindowReport report = run(window(
                        recipe("broken").put("fails", "EC2 answered SnapshotLimitExceeded."),
                        recipe("nonsense").put("invalid", "/deadline: no bake ends within 1s"),
                        recipe("web"))
                .put("maxConcurrent", 1));

        assertThat(report.state()).isEqualTo(WindowState.COMPLETED);
        assertThat(report.recipes())
                .extracting(RecipeLine::recipe, RecipeLine::state, RecipeLine::message)
                .containsExactly(
                        tuple("broken", RecipeState.FAILED, "EC2 answered SnapshotLimitExceeded."),
                        tuple("nonsense", RecipeState.FAILED, "/deadline: no bake ends within 1s"),
                        tuple("web", RecipeState.BAKED, ""));
    }

    @Test
    void takes_no_more_turns_at_once_than_it_may() {
        WorkflowStub run = begin(window(recipe("a"), recipe("b"), recipe("c"), recipe("d"), recipe("e"))
                .put("maxConcurrent", 2));
        run.getResult(WindowReport.class);

        assertThat(mostAtOnce(events(run))).isEqualTo(2);
    }

    @Test
    void starts_nothing_after_the_cutoff_and_does_not_even_look() {
        WindowReport report = run(window(
                        recipe("slow").put("takes", "PT3H"), // ends as the cut-off passes
                        recipe("late"))
                .put("maxConcurrent", 1));

        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(
                        tuple(RecipeState.BAKED, ""),
                        tuple(
                                RecipeState.SKIPPED,
                                "The window's cut-off, %s, had passed.".formatted(report.lastStart())));
        assertThat(families.checked()).containsExactly("slow");
    }

    @Test
    void starts_what_comes_a_second_before_the_cutoff() {
        WindowReport report = run(window(recipe("slow").put("takes", "PT2H59M50S"), recipe("late"))
                .put("maxConcurrent", 1));

        assertThat(states(report)).containsExactly(RecipeState.BAKED, RecipeState.BAKED);
    }

    @Test
    void counts_its_hours_from_when_it_was_due_and_not_from_when_it_began() {
        Instant now = Instant.ofEpochMilli(temporal.currentTimeMillis());
        Instant due = now.minus(Duration.ofMinutes(150));
        WorkflowStub run = stub(scheduled(due));
        run.start(window(recipe("web").put("takes", "PT1H"), recipe("late")).put("maxConcurrent", 1));

        WindowReport report = run.getResult(WindowReport.class);

        assertThat(report.opened()).isEqualTo(due);
        assertThat(report.closes()).isEqualTo(due.plus(Duration.ofHours(4)));
        assertThat(states(report)).containsExactly(RecipeState.BAKED, RecipeState.SKIPPED);
    }

    @Test
    void has_hours_of_its_own_when_a_person_makes_up_for_a_run_whose_hours_are_over() {
        Instant due = Instant.ofEpochMilli(temporal.currentTimeMillis()).minus(Duration.ofDays(3));

        WorkflowStub run = stub(scheduled(due));
        run.start(window(recipe("web")));
        WindowReport report = run.getResult(WindowReport.class);

        assertThat(report.opened()).isAfter(due.plus(Duration.ofDays(2)));
        assertThat(states(report)).containsExactly(RecipeState.BAKED);
    }

    @Test
    void goes_through_the_old_images_of_every_family_also_of_those_that_were_not_baked() {
        images.areOld("us-east-1", 3);

        WindowReport report = run(window(
                        recipe("broken").put("fails", "no"),
                        recipe("same").put("unchanged", true),
                        recipe("nonsense").put("invalid", "/deadline: no bake ends within 1s"))
                .put("maxConcurrent", 1));

        assertThat(report.retention())
                .containsExactly(
                        new RetentionLine("broken", Optional.of("retention/broken/us-east-1"), 3, 0, 1, List.of()),
                        new RetentionLine("same", Optional.of("retention/same/us-east-1"), 0, 0, 1, List.of()),
                        new RetentionLine(
                                "nonsense", Optional.empty(), 0, 0, 0, List.of("/deadline: no bake ends within 1s")));
    }

    @Test
    void trouble_with_old_images_stops_nothing() {
        images.failsIn("us-east-1", "EC2 answered UnauthorizedOperation.");

        WindowReport report = run(window(recipe("web")));

        assertThat(report.state()).isEqualTo(WindowState.COMPLETED);
        assertThat(states(report)).containsExactly(RecipeState.BAKED);
        assertThat(report.retention())
                .extracting(RetentionLine::troubles)
                .containsExactly(List.of("us-east-1: EC2 answered UnauthorizedOperation."));
    }

    @Test
    void leaves_a_retention_alone_that_runs_already() {
        images.takesForEverIn("eu-west-1");
        WorkflowStub elsewhere = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        RetentionWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(RetentionWorkflow.id("web", "eu-west-1"))
                                .build());
        ObjectNode recipe = recipe("web").put("region", "eu-west-1");
        elsewhere.start(RetentionRequest.of(recipe, RetentionMode.PLAN));

        WindowReport report = run(window(recipe));

        assertThat(report.retention())
                .extracting(RetentionLine::troubles)
                .containsExactly(List.of("It ran already, started by somebody else, and goes on."));
    }

    @Test
    void pauses_its_schedule_after_too_many_failed_runs_in_a_row() {
        ObjectNode failing = window(recipe("web").put("fails", "EC2 answered SnapshotLimitExceeded."))
                .put("pauseAfterFailures", 1);

        WorkflowStub run = stub(scheduledBy("window/weekly"));
        run.start(failing);
        WindowReport report = run.getResult(WindowReport.class);

        assertThat(report.failedRunsInARow()).isEqualTo(1);
        assertThat(report.paused())
                .contains(
                        "1 runs failed in a row, the last one window/weekly: web: EC2 answered SnapshotLimitExceeded.");
        assertThat(schedules.paused())
                .containsExactly(new PauseSchedule(
                        "window/weekly",
                        "Paused by AMI Bakery: 1 runs failed in a row, the last one window/weekly: web: EC2 answered"
                                + " SnapshotLimitExceeded. Resume it with: bakery schedule resume weekly"));
    }

    @Test
    void counts_failed_runs_from_one_to_the_next_and_anew_after_a_good_one() {
        families.isInvalidAtChecks("web", 1, 2, 4, 5, 6, 7);
        WorkflowStub cron = stub(WorkflowOptions.newBuilder().setCronSchedule("0 3 * * *"));
        cron.start(window(recipe("web").put("takes", "PT0S")).put("pauseAfterFailures", 3));

        passDays(7);

        // the in-memory server tells only the first run of a cron which schedule it is of, so none is paused here
        assertThat(mailbox.received())
                .extracting(notice -> notice.text()
                        .lines()
                        .filter(line -> line.contains("in a row"))
                        .map(line -> line.replaceAll(" runs .*", ""))
                        .toList())
                .containsExactly(List.of(), List.of(), List.of(), List.of(), List.of(), List.of("3"), List.of("4"));
        cron.terminate("enough");
    }

    @Test
    void tells_when_there_is_no_schedule_to_pause() {
        WindowReport report = run(window(recipe("web").put("fails", "no")).put("pauseAfterFailures", 1));

        assertThat(report.paused()).isEmpty();
        assertThat(report.warnings())
                .containsExactly("1 runs failed in a row, and no schedule started this one that could be paused.");
    }

    @Test
    void notifies_people_of_its_end() {
        run(window(recipe("web"), recipe("broken").put("fails", "EC2 answered SnapshotLimitExceeded.")));

        assertThat(mailbox.received()).hasSize(1);
        Notification notice = mailbox.received().get(0);
        assertThat(notice.subject()).isEqualTo("Window weekly completed: 1 baked, 1 failed");
        assertThat(notice.text())
                .contains("web: baked ami-new-web (CHANGED)")
                .contains("broken: failed (EC2 answered SnapshotLimitExceeded.)")
                .contains("web: 0 old images deleted, 0 withdrawn, 1 kept")
                .contains("The whole report is the result of workflow window/weekly.");
        assertThat(notice.attributes())
                .containsOnly(entry("kind", "window"), entry("name", "weekly"), entry("state", "failed"));
    }

    @Test
    void nobody_who_can_be_told_changes_nothing() {
        mailbox.isFull("SNS answered NotFound.");

        assertThat(run(window(recipe("web"))).state()).isEqualTo(WindowState.COMPLETED);
    }

    @Test
    void waits_no_longer_than_it_may_for_a_bake_that_never_ends() {
        WindowReport report = run(window(recipe("hung").put("takes", "PT400H")).put("patience", "PT30M"));

        assertThat(report.recipes())
                .extracting(RecipeLine::message)
                .containsExactly("It still ran 30m after the window's end. It goes on, and the next window joins it.");
        assertThat(report.ended().orElseThrow()).isBefore(report.closes().plus(Duration.ofMinutes(31)));
    }

    @Test
    void lets_bakes_finish_beyond_its_end() {
        WindowReport report = run(window(recipe("slow").put("takes", "PT6H")).put("atEnd", "finish"));

        assertThat(states(report)).containsExactly(RecipeState.BAKED);
        assertThat(report.ended().orElseThrow()).isAfter(report.closes());
    }

    @Test
    void cancels_bakes_at_its_end_and_waits_until_they_have_cleaned_up() {
        WorkflowStub run = begin(window(recipe("slow").put("takes", "PT6H").put("cleansUpFor", "PT1S"), recipe("web"))
                .put("atEnd", "cancel"));
        temporal.sleep(Duration.ofHours(4));

        WindowReport report = ended(run);

        assertThat(report.state()).isEqualTo(WindowState.COMPLETED);
        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(
                        tuple(
                                RecipeState.CANCELED,
                                "The window's end, %s, came first (atEnd: cancel). Its bake has cleaned up."
                                        .formatted(report.closes())),
                        tuple(RecipeState.BAKED, ""));
        assertThat(report.ended().orElseThrow())
                .isAfterOrEqualTo(report.closes().plusSeconds(1));
        assertThat(wasAskedToCancel("slow")).isTrue();
    }

    @Test
    void stops_waiting_for_a_bake_that_never_ends_so_that_later_windows_open() {
        WindowReport report = run(window(recipe("hung").put("takes", "PT400H")));

        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(tuple(
                        RecipeState.LEFT_RUNNING,
                        "It still ran 12h after the window's end. It goes on, and the next window joins it."));
        assertThat(Duration.between(report.closes(), report.ended().orElseThrow()))
                .isBetween(MaintenanceWindow.USUAL_PATIENCE, MaintenanceWindow.USUAL_PATIENCE.plusMinutes(1));
        assertThat(wasAskedToCancel("hung")).isFalse();
    }

    @Test
    void joins_a_bake_that_runs_already() {
        startElsewhere(recipe("web").put("takes", "PT1H"));
        families.endsElsewhere(
                "bake/web/us-east-1",
                new JoinedBake(BakeState.COMPLETED, Optional.of(new ImageId("ami-elsewhere")), ""));

        WindowReport report = run(window(recipe("web"), recipe("db")));

        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::image, RecipeLine::message)
                .containsExactly(
                        tuple(RecipeState.JOINED, Optional.of(new ImageId("ami-elsewhere")), "It ran already."),
                        tuple(RecipeState.BAKED, Optional.of(new ImageId("ami-new-db")), ""));
        assertThat(families.joined()).containsExactly("bake/web/us-east-1");
    }

    @Test
    void a_joined_bake_that_failed_is_a_failure() {
        startElsewhere(recipe("web").put("takes", "PT1H"));
        families.endsElsewhere(
                "bake/web/us-east-1", new JoinedBake(BakeState.FAILED, Optional.empty(), "EC2 answered X."));

        WindowReport report = run(window(recipe("web")));

        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(tuple(RecipeState.FAILED, "It ran already. EC2 answered X."));
    }

    @Test
    void does_not_cancel_at_its_end_what_somebody_else_started() {
        startElsewhere(recipe("web").put("takes", "PT400H"));

        WorkflowStub run = begin(window(recipe("web")).put("atEnd", "cancel"));
        temporal.sleep(Duration.ofHours(4));

        assertThat(ended(run).recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(tuple(
                        RecipeState.LEFT_RUNNING, "It ran already, so it is not the window's to cancel. It goes on."));
        assertThat(wasAskedToCancel("web")).isFalse();
    }

    @Test
    void a_canceled_window_cancels_its_bakes_and_tells_what_became_of_all() {
        WorkflowStub run = begin(window(recipe("web").put("takes", "PT2H").put("cleansUpFor", "PT0.1S"), recipe("db"))
                .put("maxConcurrent", 1));
        temporal.sleep(Duration.ofHours(1));
        run.cancel();
        WindowReport report = ended(run);

        assertThatThrownBy(() -> run.getResult(WindowReport.class))
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CanceledFailure.class);
        assertThat(report.state()).isEqualTo(WindowState.CANCELED);
        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(
                        tuple(RecipeState.CANCELED, "The window was canceled, and the bake with it."),
                        tuple(RecipeState.CANCELED, "The window was canceled before its turn."));
        assertThat(bake("web").describe().getStatus().name()).endsWith("CANCELED");
    }

    @Test
    void a_bake_that_is_canceled_by_itself_stops_nothing_else() {
        WorkflowStub run = begin(window(recipe("web").put("takes", "PT2H").put("cleansUpFor", "PT0.1S"), recipe("db"))
                .put("maxConcurrent", 1));
        temporal.sleep(Duration.ofHours(1));
        bake("web").cancel();
        awaitUntil(run, report -> report.recipes().get(0).state() == RecipeState.CANCELED);

        assertThat(run.getResult(WindowReport.class).recipes())
                .extracting(RecipeLine::state, RecipeLine::message)
                .containsExactly(
                        tuple(RecipeState.CANCELED, "The bake was canceled by itself."), tuple(RecipeState.BAKED, ""));
    }

    @Test
    void a_terminated_window_lets_its_bakes_finish() {
        WorkflowStub run = begin(window(recipe("web").put("takes", "PT2H")));
        temporal.sleep(Duration.ofHours(1));

        run.terminate("by hand");

        assertThat(bake("web").getResult(BakeReport.class).image()).contains(new ImageId("ami-new-web"));
        assertThat(events(run))
                .filteredOn(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes)
                .extracting(event -> event.getStartChildWorkflowExecutionInitiatedEventAttributes()
                        .getParentClosePolicy())
                .containsExactly(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON);
    }

    @Test
    void bakes_when_nobody_can_tell_whether_a_recipe_changed() {
        families.cannotTellOf("web", "EC2 answered RequestLimitExceeded.");
        families.cannotTellOf("db", "EC2 answered RequestLimitExceeded.");
        ObjectNode withoutRegion = recipe("db");
        withoutRegion.remove("region");

        WindowReport report = run(window(recipe("web"), withoutRegion));

        assertThat(report.recipes())
                .extracting(RecipeLine::state, RecipeLine::reasons, RecipeLine::message)
                .containsExactly(
                        tuple(
                                RecipeState.BAKED,
                                List.of("whether it changed could not be found out: EC2 answered"
                                        + " RequestLimitExceeded."),
                                ""),
                        tuple(RecipeState.FAILED, List.of(), "EC2 answered RequestLimitExceeded."));
    }

    @Test
    void fails_at_once_without_a_window() {
        WorkflowStub run = stub(WorkflowOptions.newBuilder());
        run.start();

        assertThatThrownBy(() -> run.getResult(WindowReport.class))
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(MaintenanceWindowWorkflow.INVALID_WINDOW);
                    assertThat(failure.getOriginalMessage()).startsWith("The run was started without a window.");
                });
    }

    @Test
    void fails_at_once_on_a_request_that_it_cannot_read() {
        WorkflowStub run = begin(window(recipe("web")).put("atEnd", "explode"));

        assertThatThrownBy(() -> run.getResult(WindowReport.class))
                .isInstanceOf(WorkflowFailedException.class)
                .hasStackTraceContaining("explode");
    }

    @Test
    void two_hundred_recipes_fit_into_one_history() {
        ObjectNode[] recipes = Stream.iterate(0, number -> number + 1)
                .limit(200)
                .map(number -> recipe("family-" + number).put("padding", "x".repeat(1_500)))
                .toArray(ObjectNode[]::new);

        WorkflowStub run = begin(window(recipes).put("maxConcurrent", 20).put("duration", "PT12H"));
        WindowReport report = run.getResult(WindowReport.class);

        assertThat(states(report)).hasSize(200).containsOnly(RecipeState.BAKED);
        List<HistoryEvent> events = events(run);
        assertThat(events).hasSizeLessThan(MOST_EVENTS);
        assertThat(events.stream().mapToInt(HistoryEvent::getSerializedSize).sum())
                .isLessThan(MOST_BYTES);
        assertThat(mostAtOnce(events)).isEqualTo(20);
    }

    @Test
    void replays_what_it_did() throws Exception {
        startElsewhere(recipe("joined").put("takes", "PT1H"));
        families.endsElsewhere(
                "bake/joined/us-east-1", new JoinedBake(BakeState.COMPLETED, Optional.of(new ImageId("ami-1")), ""));
        WorkflowStub run = begin(window(
                        recipe("web"),
                        recipe("joined"),
                        recipe("same").put("unchanged", true),
                        recipe("broken").put("fails", "no"),
                        recipe("slow").put("takes", "PT9H").put("cleansUpFor", "PT0.1S"),
                        recipe("late").put("takes", "PT9H").put("cleansUpFor", "PT0.1S"),
                        recipe("too-late"))
                .put("atEnd", "cancel"));
        temporal.sleep(Duration.ofHours(4));
        WindowReport report = ended(run);

        WorkflowReplayer.replayWorkflowExecution(history(run), worker);
        assertThat(states(report))
                .containsExactly(
                        RecipeState.BAKED,
                        RecipeState.JOINED,
                        RecipeState.UNCHANGED,
                        RecipeState.FAILED,
                        RecipeState.CANCELED,
                        RecipeState.CANCELED,
                        RecipeState.SKIPPED);
    }

    @Test
    void shows_a_line_for_each_recipe() {
        WindowReport report = run(window(recipe("web"), recipe("broken").put("fails", "It | broke\nhere")));

        assertThat(WindowDetails.of(report))
                .startsWith("**Window weekly**: completed\n")
                .contains("\n1 baked, 1 failed\n")
                .contains("| web | baked | ami-new-web | bake/web/us-east-1 | CHANGED |")
                .contains("| broken | failed |  | bake/broken/us-east-1 | It / broke here |");
    }

    /** Waits for each day's run on the real clock: the in-memory server may skip a day before a run has ended. */
    private void passDays(int days) {
        int before = mailbox.received().size();
        for (int day = 1; day <= days; day++) {
            temporal.sleep(Duration.ofDays(1));
            while (mailbox.received().size() < before + day) {
                Thread.onSpinWait();
            }
        }
    }

    private static WorkflowOptions.Builder scheduled(Instant due) {
        return WorkflowOptions.newBuilder()
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(WindowHours.SCHEDULED_START, due.atOffset(ZoneOffset.UTC))
                        .build());
    }

    private static WorkflowOptions.Builder scheduledBy(String schedule) {
        return WorkflowOptions.newBuilder()
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(FailureStreak.SCHEDULED_BY, schedule)
                        .build());
    }

    private WindowReport run(ObjectNode window) {
        return begin(window).getResult(WindowReport.class);
    }

    private WorkflowStub begin(ObjectNode window) {
        WorkflowStub run = stub(WorkflowOptions.newBuilder());
        run.start(window);
        return run;
    }

    private WorkflowStub stub(WorkflowOptions.Builder options) {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        MaintenanceWindowWorkflow.TYPE,
                        options.setTaskQueue(QUEUE)
                                .setWorkflowId(MaintenanceWindowWorkflow.id("weekly"))
                                .build());
    }

    private void startElsewhere(ObjectNode recipe) {
        WorkflowStub bake = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(
                                        BakeWorkflow.id(recipe.get("name").asText(), "us-east-1"))
                                .build());
        bake.start(new BakeRequest(recipe));
    }

    private WorkflowStub bake(String recipe) {
        return temporal.getWorkflowClient().newUntypedWorkflowStub(BakeWorkflow.id(recipe, "us-east-1"));
    }

    /** Waits on the real clock: the in-memory server may skip hours before a cancellation has reached its workflow. */
    private static WindowReport ended(WorkflowStub run) {
        return awaitUntil(run, report -> report.state() != WindowState.RUNNING);
    }

    private static WindowReport awaitUntil(WorkflowStub run, Predicate<WindowReport> condition) {
        WindowReport report;
        do {
            report = run.query("progress", WindowReport.class);
        } while (!condition.test(report));
        return report;
    }

    private boolean wasAskedToCancel(String recipe) {
        return temporal.getWorkflowClient().fetchHistory(BakeWorkflow.id(recipe, "us-east-1")).getEvents().stream()
                .anyMatch(HistoryEvent::hasWorkflowExecutionCancelRequestedEventAttributes);
    }

    private List<HistoryEvent> events(WorkflowStub run) {
        return history(run).getEvents();
    }

    private WorkflowExecutionHistory history(WorkflowStub run) {
        WorkflowExecution execution = run.getExecution();
        return temporal.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }

    private static int mostAtOnce(List<HistoryEvent> events) {
        int open = 0;
        int most = 0;
        for (HistoryEvent event : events) {
            if (event.getEventType() == EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED) {
                most = Math.max(most, ++open);
            } else if (event.getEventType() == EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED) {
                open--;
            }
        }
        return most;
    }

    private static List<RecipeState> states(WindowReport report) {
        return report.recipes().stream().map(RecipeLine::state).toList();
    }

    private static ObjectNode recipe(String name) {
        return BakeryJson.mapper().createObjectNode().put("name", name).put("region", "us-east-1");
    }

    private static ObjectNode window(ObjectNode... recipes) {
        ObjectNode window = BakeryJson.mapper()
                .createObjectNode()
                .put("name", "weekly")
                .put("duration", "PT4H")
                .put("cutoff", "PT1H");
        window.putArray("recipes").addAll(new ArrayList<>(List.of(recipes)));
        return window;
    }
}
