package org.amibakery.bake;

import io.temporal.failure.TemporalFailure;
import org.amibakery.builder.BakeId;
import org.amibakery.failure.Failures;

/** Says in one paragraph where a bake stopped, why, what is left of it, and what to do. */
final class BakeFailureMessage {
    private BakeFailureMessage() {}

    static String of(BakeReport report, BakeId bake, TemporalFailure failure) {
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
        String why = Failures.rootMessage(failure);
        String next = why.contains("\n") ? "\n" : " "; // after a command's last lines, lest it be taken for one of them
        return "Bake %s in %s stopped%s: %s"
                .formatted(report.recipe(), report.region(), where, why + next + leftOver(report, bake));
    }

    private static String leftOver(BakeReport report, BakeId bake) {
        if (!report.leaked().isEmpty()) {
            return "Left behind, look at it: " + String.join("; ", report.leaked());
        }
        String builder = report.builder()
                .map(id -> "The builder %s is terminated".formatted(id))
                .orElse("No builder was launched");
        return "%s; %s.".formatted(builder, image(report, bake));
    }

    private static String image(BakeReport report, BakeId bake) {
        boolean wasReset = !report.runId().equals(bake.originalRunId());
        if (report.image().isEmpty()) {
            return wasReset ? "no image was made after the bake was reset" : "no image was made";
        }
        if (isGood(report)) {
            return "the image %s is good and stays".formatted(report.image().get());
        }
        return wasReset
                ? "the image %s stays if it was good before the bake was reset (tag ami-bakery:state), and is removed if not"
                        .formatted(report.image().get())
                : "the unfinished image %s is removed".formatted(report.image().get());
    }

    /** Once it is tagged, no later failure takes it back. */
    private static boolean isGood(BakeReport report) {
        return report.steps().stream()
                .anyMatch(step -> step.step() == BakeStep.TAG_IMAGE && step.state() == StepState.COMPLETED);
    }
}
