package org.amibakery.bake;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.amibakery.workflow.WorkflowClock;

/**
 * Ends work at an instant by canceling its scope. A workflow timeout would not do: it runs no cleanup.
 */
final class Deadline {
    /** The failure type of a bake that took longer than its recipe allows. */
    static final String PASSED = "DeadlinePassed";

    private final Instant instant;
    private boolean passed;

    private Deadline(Instant instant) {
        this.instant = instant;
    }

    static Deadline at(Instant instant) {
        return new Deadline(instant);
    }

    /** Runs the work; fails with {@link #PASSED} when the instant comes first. */
    void bound(Functions.Proc work) {
        CancellationScope working = Workflow.newCancellationScope(work::apply);
        CancellationScope timing = Workflow.newCancellationScope(() -> startTimer(working));
        timing.run();
        try {
            working.run();
        } catch (TemporalFailure failure) {
            timing.cancel("the work ended");
            throw passed ? failureAfter(failure) : failure;
        }
        timing.cancel("the work ended");
    }

    private void startTimer(CancellationScope working) {
        Duration left = Duration.between(WorkflowClock.now(), instant);
        TimerOptions options =
                TimerOptions.newBuilder().setSummary("the bake's deadline").build();
        var unused = Workflow.newTimer(left.isNegative() ? Duration.ZERO : left, options)
                .thenApply(fired -> {
                    passed = true;
                    working.cancel("the deadline passed");
                    return null;
                });
    }

    private TemporalFailure failureAfter(TemporalFailure failure) {
        return ApplicationFailure.newNonRetryableFailureWithCause(
                "The deadline %s passed. Give the recipe a longer one (deadline: 6h), or see which step is slow."
                        .formatted(instant),
                PASSED,
                failure);
    }
}
