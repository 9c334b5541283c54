package org.amibakery.window;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeRequest;
import org.amibakery.failure.Failures;
import org.amibakery.retention.FamilyRetention;
import org.amibakery.retention.FindRetentionScope;
import org.amibakery.retention.RetentionActivities;
import org.amibakery.retention.RetentionMode;
import org.amibakery.retention.RetentionRequest;
import org.amibakery.retention.RetentionScope;
import org.amibakery.retention.RetentionWorkflow;
import org.amibakery.workflow.ActivityProfiles;
import org.amibakery.workflow.WorkflowClock;

/** Deletes the old images of every family of a window, also of those that were not baked, a few at a time. */
final class WindowRetention {
    /** However late the bakes ended, retention has so long: it usually takes seconds. */
    private static final Duration AT_LEAST = Duration.ofMinutes(15);

    private final MaintenanceWindow window;
    private final Instant until;
    private final WindowProgress progress;

    /**
     * Takes the window, and when nothing is waited for any longer.
     *
     * @param until ends a retention that hangs: it has nothing to clean up, and the next window goes on
     */
    WindowRetention(MaintenanceWindow window, Instant until, WindowProgress progress) {
        this.window = window;
        this.until = until;
        this.progress = progress;
    }

    /** Goes through all families; what went wrong with one is told in its line, and stops no other. */
    void run() {
        List<BakeRequest> recipes = window.recipes();
        Lanes.take(
                recipes.size(),
                window.maxConcurrent(),
                turn -> take(recipes.get(turn), progress.line(turn).recipe()));
    }

    private void take(BakeRequest recipe, String name) {
        if (CancellationScope.current().isCancelRequested()) {
            return;
        }
        try {
            RetentionActivities scopes =
                    Workflow.newLocalActivityStub(RetentionActivities.class, ActivityProfiles.local());
            retain(recipe, scopes.findScope(new FindRetentionScope(recipe.recipe())), name);
        } catch (TemporalFailure failure) {
            progress.retained(
                    new RetentionLine(name, Optional.empty(), 0, 0, 0, List.of(Failures.rootMessage(failure))));
        }
    }

    private void retain(BakeRequest recipe, RetentionScope scope, String name) {
        String id = RetentionWorkflow.id(scope.family(), scope.bakedIn().name());
        RetentionWorkflow retention = Workflow.newChildWorkflowStub(RetentionWorkflow.class, options(id, scope));
        try {
            FamilyRetention report = retention.run(RetentionRequest.of(recipe.recipe(), RetentionMode.DELETE));
            progress.retained(new RetentionLine(
                    name,
                    Optional.of(id),
                    report.deletedCount(),
                    report.withdrawnCount(),
                    report.keptCount(),
                    report.troubles()));
        } catch (ChildWorkflowFailure failure) {
            String why = failure.getCause() instanceof WorkflowExecutionAlreadyStarted
                    ? "It ran already, started by somebody else, and goes on."
                    : Failures.rootMessage(failure);
            progress.retained(new RetentionLine(name, Optional.of(id), 0, 0, 0, List.of(why)));
        }
    }

    private ChildWorkflowOptions options(String id, RetentionScope scope) {
        Duration left = Duration.between(WorkflowClock.now(), until);
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setWorkflowExecutionTimeout(left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left)
                .setStaticSummary("retention of %s in %s".formatted(scope.family(), scope.bakedIn()))
                .build();
    }
}
