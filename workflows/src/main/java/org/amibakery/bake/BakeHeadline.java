package org.amibakery.bake;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.console.AwsConsole;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.ReadableTime;

/** Says in one line what a bake is about and how it stands. */
final class BakeHeadline {
    private BakeHeadline() {}

    static String of(BakeReport report) {
        if (report.recipe().isEmpty()) {
            return report.state() == BakeState.FAILED
                    ? "**Refused before anything was made.** The request says no valid bake:"
                    : "**%s** is being planned.".formatted(report.workflowId());
        }
        return "**Bake of %s in %s** %s".formatted(report.recipe(), report.region(), state(report));
    }

    private static String state(BakeReport report) {
        return switch (report.state()) {
            case RUNNING -> "runs" + now(report) + ".";
            case HELD -> "failed%s; its builder %s is held for debugging.".formatted(stopped(report), builder(report));
            case CLEANING_UP -> "stopped%s and removes what it made.".formatted(stopped(report));
            case COMPLETED -> "completed%s: image %s is good.".formatted(took(report), image(report));
            case FAILED -> "failed."; // where and why comes next, in the failure's own words
            case CANCELED -> "was canceled%s.".formatted(stopped(report));
        };
    }

    private static String now(BakeReport report) {
        return report.steps().stream()
                .filter(step -> step.state() == StepState.RUNNING)
                .findFirst()
                .map(step -> ": step %s, since %s"
                        .formatted(
                                place(step),
                                step.startedAt().map(ReadableTime::clock).orElse("now")))
                .or(() -> report.stages().stream()
                        .filter(stage -> stage.state() == StepState.RUNNING)
                        .findFirst()
                        .map(stage -> ": stage \"%s\"".formatted(stage.stage())))
                .orElse("");
    }

    private static String stopped(BakeReport report) {
        return report.steps().stream()
                .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.CANCELED)
                .findFirst()
                .map(step -> " at step " + place(step))
                .orElse("");
    }

    private static String place(StepReport step) {
        return "%d of %d (%s)"
                .formatted(step.step().number(), BakeStep.COUNT, step.step().words());
    }

    private static String took(BakeReport report) {
        return report.steps().stream()
                .map(StepReport::endedAt)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .map(end -> " in " + ReadableTime.between(report.startedAt(), end))
                .orElse("");
    }

    private static String image(BakeReport report) {
        return report.image()
                .map(id -> "%s (%s)".formatted(console(report).link(id), report.imageName()))
                .orElse("");
    }

    private static String builder(BakeReport report) {
        return report.builder().map(id -> console(report).link(id)).orElse("");
    }

    private static AwsConsole console(BakeReport report) {
        return AwsConsole.of(new Region(report.region()));
    }
}
