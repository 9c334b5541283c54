package org.amibakery.window;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives every recipe of a window its turn: as many lanes as may bake at once, each taking the next recipe. */
public final class MaintenanceWindowWorkflowImpl implements MaintenanceWindowWorkflow {
    private final MaintenanceWindow window;
    private final WindowHours hours;
    private final WindowEnd end;
    private final WindowProgress progress;
    private int nextTurn;

    @WorkflowInit
    public MaintenanceWindowWorkflowImpl(MaintenanceWindow asked) {
        window = asked == null ? nothing() : asked;
        hours = WindowHours.of(window);
        end = new WindowEnd(window, hours);
        progress = new WindowProgress(window, hours);
    }

    @Override
    public WindowReport run(MaintenanceWindow asked) {
        if (asked == null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "The run was started without a window. Nothing was baked. Send its name, duration and recipes.",
                    INVALID_WINDOW);
        }
        end.bound(this::takeTurns);
        if (CancellationScope.current().isCancelRequested()) {
            progress.ended(WindowState.CANCELED);
            CancellationScope.throwCanceled();
        }
        progress.ended(WindowState.COMPLETED);
        return progress.report();
    }

    private void takeTurns() {
        List<Promise<Void>> lanes = new ArrayList<>();
        for (int lane = 0;
                lane < Math.min(window.maxConcurrent(), window.recipes().size());
                lane++) {
            lanes.add(Async.procedure(this::takeTurnAfterTurn));
        }
        Promise.allOf(lanes).get();
    }

    private void takeTurnAfterTurn() {
        while (nextTurn < window.recipes().size()) {
            int turn = nextTurn++;
            new RecipeTurn(window, hours, end, progress.line(turn))
                    .take(window.recipes().get(turn));
        }
    }

    private static MaintenanceWindow nothing() {
        return new MaintenanceWindow(
                "", Duration.ZERO, Duration.ZERO, AtEnd.FINISH, true, Optional.empty(), 1, List.of(), false);
    }

    @Override
    public WindowReport progress() {
        return progress.report();
    }
}
