package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.amibakery.failure.Failures;
import org.amibakery.temporal.TemporalConnection;

/**
 * Follows a workflow that reports how it stands to its end, and tells what is new.
 *
 * @param <R> its report: the answer of its query {@code progress}, and its result
 */
final class ReportFollower<R> {
    /** How long a wait for the end lasts before the workflow is asked how it stands. */
    private static final int LOOK_EVERY_SECONDS = 1;

    private final TemporalConnection temporal;
    private final Console console;
    private final Followed<R> followed;

    ReportFollower(TemporalConnection temporal, Console console, Followed<R> followed) {
        this.temporal = temporal;
        this.console = console;
        this.followed = followed;
    }

    /**
     * Says what is followed.
     *
     * @param report the report's class
     * @param noun how people call it, such as {@code the reaper}
     * @param news what to tell of a report, given that those before were told
     */
    record Followed<R>(Class<R> report, String noun, Function<R, List<String>> news) {}

    /**
     * Waits for the end, and returns the report.
     *
     * @throws CommandFailure when the workflow failed, or no worker takes it
     */
    R follow(WorkflowStub workflow) {
        Interruption interruption = Interruption.telling(
                console, "Interrupted; %s goes on, and Temporal's Web UI shows how.".formatted(followed.noun()));
        try {
            Optional<R> end = end(workflow);
            while (end.isEmpty()) {
                tellProgress(workflow);
                end = end(workflow);
            }
            return end.get();
        } catch (WorkflowFailedException failed) {
            throw new CommandFailure(
                    ExitCode.BAKE_FAILED,
                    "%s stopped: %s".formatted(capitalized(followed.noun()), Failures.rootMessage(failed.getCause())));
        } finally {
            interruption.close();
        }
    }

    private Optional<R> end(WorkflowStub workflow) {
        try {
            return Optional.of(workflow.getResult(LOOK_EVERY_SECONDS, SECONDS, followed.report()));
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

    private void tellProgress(WorkflowStub workflow) {
        try {
            R report = new ProgressQuery(temporal).ask(workflow.getExecution(), followed.report());
            followed.news().apply(report).forEach(console::progress);
        } catch (StatusRuntimeException unanswered) {
            requireWorkers();
        }
    }

    private void requireWorkers() {
        PollingWorkers workers = new PollingWorkers(temporal);
        if (!workers.areThere()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, workers.absence(followed.noun()));
        }
    }

    private static String capitalized(String noun) {
        return Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
    }
}
