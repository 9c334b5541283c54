package org.amibakery.bake;

import io.temporal.failure.TemporalFailure;
import org.amibakery.failure.Failures;

/** Says in one paragraph where a bake stopped, why, what is left of it, and what to do. */
final class BakeFailureMessage {
    private BakeFailureMessage() {}

    static String of(BakeReport report, TemporalFailure failure) {
        if (report.recipe().isEmpty()) { // refused before anything was planned, let alone made
            return Failures.rootMessage(failure);
        }
        String where = report.steps().stream()
                .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.CANCELED)
                .findFirst()
                .map(step -> " at step %d of %d (%s)"
                        .formatted(
                                step.step().number(),
                                BakeStep.COUNT,
                                step.step().words()))
                .orElse("");
        return "Bake %s in %s stopped%s: %s %s"
                .formatted(report.recipe(), report.region(), where, Failures.rootMessage(failure), leftOver(report));
    }

    private static String leftOver(BakeReport report) {
        if (!report.leaked().isEmpty()) {
            return "Left behind, look at it: " + String.join("; ", report.leaked());
        }
        String builder = report.builder()
                .map(id -> "The builder %s is terminated".formatted(id))
                .orElse("No builder was launched");
        String image = report.image()
                .map(id -> "the unfinished image %s is removed".formatted(id))
                .orElse("no image was made");
        return "%s; %s.".formatted(builder, image);
    }
}
