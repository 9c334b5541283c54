package org.amibakery.cli;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.CanceledFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;

/** Reports on bakes whose end carries no report: canceled ones, and those that were ended from outside. */
final class UnreportedEnd {
    private UnreportedEnd() {}

    static BakeReport of(WorkflowExecution execution, Optional<BakeReport> lastKnown, WorkflowFailedException failed) {
        boolean canceled = failed.getCause() instanceof CanceledFailure;
        BakeState state = canceled ? BakeState.CANCELED : BakeState.FAILED;
        return lastKnown
                .filter(report -> report.state() == state)
                .orElseGet(() -> report(
                        execution, lastKnown, state, canceled ? "It was canceled." : fromOutside(execution, failed)));
    }

    /** A terminated bake has run no cleanup, which whoever terminated it must know. */
    private static String fromOutside(WorkflowExecution execution, WorkflowFailedException failed) {
        BakeName name = BakeName.ofId(execution.getWorkflowId());
        return "Bake %s in %s was ended from outside (%s), so it could not clean up. Its builder switches itself off at its expiry; remove what carries the tag ami-bakery:run=%s."
                .formatted(
                        name.recipe(),
                        name.region(),
                        failed.getCause().getClass().getSimpleName(),
                        execution.getRunId());
    }

    private static BakeReport report(
            WorkflowExecution execution, Optional<BakeReport> last, BakeState state, String failure) {
        BakeName name = BakeName.ofId(execution.getWorkflowId());
        return new BakeReport(
                execution.getWorkflowId(),
                execution.getRunId(),
                name.recipe(),
                name.region(),
                state,
                last.map(BakeReport::steps).orElse(List.of()),
                last.flatMap(BakeReport::foundationImage),
                last.flatMap(BakeReport::builder),
                last.flatMap(BakeReport::image),
                last.map(BakeReport::imageName).orElse(""),
                last.map(BakeReport::startedAt).orElse(Instant.EPOCH),
                last.flatMap(BakeReport::deadline),
                last.map(BakeReport::deleted).orElse(List.of()),
                last.map(BakeReport::warnings).orElse(List.of()),
                last.map(BakeReport::leaked).orElse(List.of()),
                failure,
                last.map(BakeReport::stages).orElse(List.of()));
    }
}
