package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.StepReport;

/** How a bake ended. */
public record BakeEnd(BakeReport report) {
    public void isComplete() {
        assertThat(report.failure()).isEmpty();
        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
    }

    /** How one of its steps went. */
    StepReport step(BakeStep step) {
        return report.steps().stream()
                .filter(candidate -> candidate.step() == step)
                .findFirst()
                .orElseThrow();
    }

    /** It failed at this step, and told so in words that a person can use. */
    public void isFailure(BakeStep step, String message) {
        assertThat(report.state()).isEqualTo(BakeState.FAILED);
        assertThat(report.failure())
                .contains("step %d of %d (%s)".formatted(step.number(), BakeStep.COUNT, step.words()))
                .contains(message);
    }
}
