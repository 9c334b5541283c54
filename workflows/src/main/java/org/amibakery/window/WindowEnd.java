package org.amibakery.window;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.amibakery.workflow.WorkflowClock;

/** Does what a window's end asks for: cancels its bakes if it says so, and stops waiting for them at last. */
final class WindowEnd {
    private final MaintenanceWindow window;
    private final WindowHours hours;
    private final CompletablePromise<Void> patienceOver = Workflow.newPromise();
    private boolean hasCanceled;

    WindowEnd(MaintenanceWindow window, WindowHours hours) {
        this.window = window;
        this.hours = hours;
    }

    /** Runs the bakes, and the clock beside them; no cancellation stops the clock. */
    void bound(Functions.Proc bakes) {
        CancellationScope scope = Workflow.newCancellationScope(bakes::apply);
        Workflow.newDetachedCancellationScope(() -> watch(scope)).run();
        scope.run();
    }

    private void watch(CancellationScope bakes) {
        if (window.atEnd() == AtEnd.CANCEL) {
            at(hours.closes(), "the window's end: what still bakes is canceled", () -> {
                hasCanceled = true;
                bakes.cancel("the window ended");
            });
        }
        at(patienceEnds(), "what still bakes goes on without the window", () -> patienceOver.complete(null));
    }

    private static void at(Instant instant, String summary, Functions.Proc action) {
        Duration left = Duration.between(WorkflowClock.now(), instant);
        var unused = Workflow.newTimer(
                        left.isNegative() ? Duration.ZERO : left,
                        TimerOptions.newBuilder().setSummary(summary).build())
                .thenApply(fired -> {
                    action.apply();
                    return null;
                });
    }

    /** Whether it was the window's end that canceled the bakes, and not a person. */
    boolean hasCanceled() {
        return hasCanceled;
    }

    Instant patienceEnds() {
        return hours.closes().plus(window.patienceOrUsual());
    }

    /** Completes when nothing is waited for any longer. */
    Promise<Void> patienceOver() {
        return patienceOver;
    }
}
