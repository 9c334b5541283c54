package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.amibakery.failure.Failures;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ReaperState;
import org.amibakery.temporal.TemporalConnection;

/** Follows a reaper to its end, and tells what it is about whenever that changes. */
final class ReaperFollower {
    /** How long a wait for the end lasts before the reaper is asked how it stands. */
    private static final int LOOK_EVERY_SECONDS = 1;

    private final TemporalConnection temporal;
    private final Console console;
    private Optional<ReaperState> told = Optional.empty();

    ReaperFollower(TemporalConnection temporal, Console console) {
        this.temporal = temporal;
        this.console = console;
    }

    /**
     * Waits for the end, and returns the report.
     *
     * @throws CommandFailure when the reaper failed, or no worker takes it
     */
    ReaperReport follow(WorkflowStub reaper) {
        Interruption interruption =
                Interruption.telling(console, "Interrupted; the reaper goes on, and Temporal's Web UI shows how.");
        try {
            Optional<ReaperReport> end = end(reaper);
            while (end.isEmpty()) {
                tellProgress(reaper);
                end = end(reaper);
            }
            return end.get();
        } catch (WorkflowFailedException failed) {
            throw new CommandFailure(
                    ExitCode.BAKE_FAILED, "The reaper stopped: " + Failures.rootMessage(failed.getCause()));
        } finally {
            interruption.close();
        }
    }

    private static Optional<ReaperReport> end(WorkflowStub reaper) {
        try {
            return Optional.of(reaper.getResult(LOOK_EVERY_SECONDS, SECONDS, ReaperReport.class));
        } catch (TimeoutException goesOn) {
            return Optional.empty();
        } catch (WorkflowServiceException refused) {
            if (isOverload(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** A server whose workflow is busy says so, and is asked again. */
    private static boolean isOverload(WorkflowServiceException refused) {
        return refused.getCause() instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
    }

    private void tellProgress(WorkflowStub reaper) {
        try {
            ReaperReport report = new ProgressQuery(temporal).ask(reaper.getExecution(), ReaperReport.class);
            if (!told.equals(Optional.of(report.state()))) {
                told = Optional.of(report.state());
                console.progress(ReaperText.progress(report));
            }
        } catch (StatusRuntimeException unanswered) {
            requireWorkers();
        }
    }

    private void requireWorkers() {
        PollingWorkers workers = new PollingWorkers(temporal);
        if (!workers.areThere()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, workers.absence("the reaper"));
        }
    }
}
