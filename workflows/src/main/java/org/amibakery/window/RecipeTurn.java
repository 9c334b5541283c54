package org.amibakery.window;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.change.ChangeActivities;
import org.amibakery.change.ChangeVerdict;
import org.amibakery.change.FindChange;
import org.amibakery.change.RecipeChange;
import org.amibakery.failure.Failures;
import org.amibakery.recipe.Durations;
import org.amibakery.recipe.Region;
import org.amibakery.window.WindowProgress.Line;
import org.amibakery.workflow.ActivityProfiles;
import org.amibakery.workflow.WorkflowClock;

/** Takes the turn of one recipe: finds out whether it changed, and bakes it or joins its running bake. */
final class RecipeTurn {
    private final MaintenanceWindow window;
    private final WindowHours hours;
    private final WindowEnd end;
    private final Line line;

    RecipeTurn(MaintenanceWindow window, WindowHours hours, WindowEnd end, Line line) {
        this.window = window;
        this.hours = hours;
        this.end = end;
        this.line = line;
    }

    /** Takes the turn; however that ends is told in the line, and stops no other recipe. */
    void take(BakeRequest recipe) {
        try {
            if (mayStart()) {
                RecipeChange change = findChange(recipe);
                line.checked(change);
                if (change.verdict() == ChangeVerdict.CHANGED && mayStart()) {
                    bake(recipe, change);
                }
            }
        } catch (TemporalFailure failure) {
            if (Failures.isCancellation(failure)) {
                line.canceled(whyCanceled());
            } else {
                line.failed(Failures.rootMessage(failure));
            }
        }
    }

    private boolean mayStart() {
        if (CancellationScope.current().isCancelRequested() && !end.hasCanceled()) {
            line.canceled("The window was canceled before its turn.");
            return false;
        }
        if (hours.areOverForStarts()) {
            line.skipped("The window's cut-off, %s, had passed.".formatted(hours.lastStart()));
            return false;
        }
        return true;
    }

    private RecipeChange findChange(BakeRequest recipe) {
        ChangeActivities changes = Workflow.newActivityStub(
                ChangeActivities.class, ActivityProfiles.survey("see whether %s changed".formatted(line.recipe())));
        line.isChecked();
        try {
            return changes.find(new FindChange(recipe, window.when(), window.rebakeAfter()));
        } catch (ActivityFailure failure) {
            if (Failures.isCancellation(failure)
                    || failure.getRetryState() == RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE) {
                throw failure;
            }
            return unknown(recipe.recipe(), failure).orElseThrow(() -> failure);
        }
    }

    /** A bake too many costs less than an image that is never renewed; but its id has to be known. */
    private static Optional<RecipeChange> unknown(JsonNode recipe, ActivityFailure failure) {
        String name = recipe.path("name").asText();
        String region = recipe.path("region").asText();
        if (name.isEmpty() || region.isEmpty()) {
            return Optional.empty();
        }
        String reason = "whether it changed could not be found out: " + Failures.rootMessage(failure);
        return Optional.of(
                new RecipeChange(name, new Region(region), ChangeVerdict.CHANGED, List.of(reason), Optional.empty()));
    }

    private void bake(BakeRequest recipe, RecipeChange change) {
        String id = BakeWorkflow.id(change.recipe(), change.region().name());
        BakeWorkflow bake = Workflow.newChildWorkflowStub(BakeWorkflow.class, options(id, change));
        line.bakes(id);
        try {
            awaited(Async.function(bake::bake, recipe)).ifPresentOrElse(line::baked, this::leaveRunning);
        } catch (ChildWorkflowFailure failure) {
            if (!(failure.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
                throw failure;
            }
            join(new JoinBake(id, change.region()));
        }
    }

    /**
     * A bake has its own deadline and cleans up after itself, so it needs no parent: it survives a window that is
     * terminated, and one that stops waiting. A canceled one is awaited until it has cleaned up.
     */
    private ChildWorkflowOptions options(String id, RecipeChange change) {
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setStaticSummary("bake %s: %s"
                        .formatted(change.recipe(), change.reasons().get(0)))
                .setStaticDetails("By window %s, because of this: %s."
                        .formatted(window.name(), String.join("; ", change.reasons())))
                .setMemo(Map.of("startedBy", "window " + window.name()))
                .build();
    }

    private void join(JoinBake running) {
        Duration left = Duration.between(WorkflowClock.now(), end.patienceEnds());
        JoinActivities joins = Workflow.newActivityStub(
                JoinActivities.class,
                ActivityProfiles.wait(
                        "wait for the end of %s, which ran already".formatted(running.workflowId()),
                        left.plusMinutes(1))); // so that the window's own patience ends first
        line.joins();
        try {
            awaited(Async.function(joins::awaitEnd, running)).ifPresentOrElse(line::joined, this::leaveRunning);
        } catch (ActivityFailure failure) {
            if (!Failures.isCancellation(failure)) {
                throw failure;
            }
            line.leftRunning("It ran already, so it is not the window's to cancel. It goes on.");
        }
    }

    /** The result, unless the window's patience ends before; not ended by a cancellation of its own. */
    private <R> Optional<R> awaited(Promise<R> result) {
        Promise.anyOf(result, end.patienceOver()).get();
        return result.isCompleted() ? Optional.of(result.get()) : Optional.empty();
    }

    private void leaveRunning() {
        line.leftRunning("It still ran %s after the window's end. It goes on, and the next window joins it."
                .formatted(Durations.text(window.patienceOrUsual())));
    }

    private String whyCanceled() {
        if (end.hasCanceled()) {
            return "The window's end, %s, came first (atEnd: cancel). Its bake has cleaned up."
                    .formatted(hours.closes());
        }
        return CancellationScope.current().isCancelRequested()
                ? "The window was canceled, and the bake with it."
                : "The bake was canceled by itself.";
    }
}
