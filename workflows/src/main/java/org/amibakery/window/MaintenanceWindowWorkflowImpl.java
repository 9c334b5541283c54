package org.amibakery.window;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.notification.Notifier;

/** Gives every recipe of a window its turn, then goes through the old images of all, and tells what it came to. */
public final class MaintenanceWindowWorkflowImpl implements MaintenanceWindowWorkflow {
    private final Optional<ApplicationFailure> flaw;
    private final MaintenanceWindow window;
    private final WindowHours hours;
    private final LastRun last;
    private final WindowEnd end;
    private final WindowProgress progress;

    @WorkflowInit
    public MaintenanceWindowWorkflowImpl(MaintenanceWindow asked) {
        flaw = RequestedWindow.flaw(asked);
        window = flaw.isPresent() ? nothing() : asked;
        hours = WindowHours.of(window);
        last = new LastRun(window);
        end = new WindowEnd(window, hours);
        progress = new WindowProgress(window, hours, end);
    }

    @Override
    public WindowReport run(MaintenanceWindow asked) {
        if (flaw.isPresent()) {
            throw flaw.get();
        }
        if (last.wasDueAtTheSameTimeOfDay(hours.due())) {
            progress.isRepeated(last);
            progress.ended(WindowState.COMPLETED);
            return progress.report();
        }
        end.bound(this::takeTurns);
        new WindowRetention(window, end.patienceEnds(), progress).run();
        if (CancellationScope.current().isCancelRequested()) {
            ended(WindowState.CANCELED);
            CancellationScope.throwCanceled();
        }
        new FailureStreak(window, last, progress).count();
        ended(WindowState.COMPLETED);
        return progress.report();
    }

    private void takeTurns() {
        Lanes.take(window.recipes().size(), window.maxConcurrent(), turn -> new RecipeTurn(
                        window, hours, end, progress.line(turn))
                .take(window.recipes().get(turn)));
    }

    private void ended(WindowState how) {
        progress.ended(how);
        Notifier.send(WindowNotice.of(progress.report(), Workflow.getInfo().getWorkflowId(), progress.hasFailed()));
    }

    private static MaintenanceWindow nothing() {
        return new MaintenanceWindow(
                "",
                Duration.ZERO,
                Duration.ZERO,
                AtEnd.FINISH,
                true,
                Optional.empty(),
                1,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public WindowReport progress() {
        return progress.report();
    }
}
