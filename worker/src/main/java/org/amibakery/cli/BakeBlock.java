package org.amibakery.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.StageReport;
import org.amibakery.bake.StepReport;
import org.amibakery.bake.StepState;

/** Draws one bake as a block of lines: how it stands, and its eleven steps. */
final class BakeBlock {
    private static final int COLUMNS_BEFORE_DETAIL = 44;

    private final Palette palette;
    private final int width;
    private final Instant now;
    private final String spinner;

    /** Draws for a moment; the spinner is the sign of what goes on then. */
    BakeBlock(Palette palette, int width, Instant now, String spinner) {
        this.palette = palette;
        this.width = width;
        this.now = now;
        this.spinner = spinner;
    }

    /** The whole block: a headline, the steps, and what hinders. */
    List<String> lines(BakeSighting bake) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(bake));
        bake.report().map(BakeReport::steps).orElse(List.of()).forEach(step -> lines.add(line(step, bake)));
        bake.report().map(BakeReport::stages).orElse(List.of()).forEach(stage -> lines.add(line(stage)));
        bake.cleanup().forEach(act -> lines.add(line(act)));
        hindrances(bake, lines);
        return lines;
    }

    /** The block for a terminal that is too low: a headline and the step that runs. */
    List<String> fewLines(BakeSighting bake) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(bake));
        bake.report().map(BakeReport::steps).orElse(List.of()).stream()
                .filter(step -> step.state() == StepState.RUNNING)
                .forEach(step -> lines.add(line(step, bake)));
        bake.cleanup().stream().filter(act -> act.state() == StepState.RUNNING).forEach(act -> lines.add(line(act)));
        hindrances(bake, lines);
        return lines;
    }

    private void hindrances(BakeSighting bake, List<String> lines) {
        if (!bake.note().isEmpty()) {
            lines.add(palette.warning(cut("     ! " + bake.note(), width)));
        }
    }

    private String headline(BakeSighting bake) {
        BakeName name = bake.report().map(BakeName::of).orElseGet(() -> BakeName.ofId(bake.workflowId()));
        String rest = " in %s · %s".formatted(name.region(), standing(bake));
        String shown = cut(name.recipe(), width);
        return palette.strong(shown) + cut(rest, width - shown.length());
    }

    private String standing(BakeSighting bake) {
        if (bake.report().isEmpty()) {
            return "starting";
        }
        BakeReport report = bake.report().get();
        Instant until = bake.isEnded() ? BakeSummary.endOf(report).orElse(now) : now;
        Duration elapsed = Duration.between(report.startedAt(), until);
        String left = bake.usual()
                .filter(usual -> report.state() == BakeState.RUNNING && usual.compareTo(elapsed) > 0)
                .map(usual -> " · about %s left".formatted(whole(usual.minus(elapsed))))
                .orElse("");
        return "%s · %s%s".formatted(ProgressEvent.words(report.state()), whole(elapsed), left);
    }

    private String line(StepReport step, BakeSighting bake) {
        String took = Took.of(step, now).map(Took::text).orElse("");
        String fixed =
                " %2d %-22s %12s  ".formatted(step.step().number(), step.step().words(), took);
        String detail = cut(detail(step, bake), width - COLUMNS_BEFORE_DETAIL);
        return switch (step.state()) {
            case PENDING -> palette.faint(cut("  ·" + fixed, width).stripTrailing());
            case RUNNING -> "  " + palette.active(spinner) + cut(fixed, width - 3) + palette.active(detail);
            case COMPLETED -> "  " + palette.good("✓") + cut(fixed, width - 3) + palette.faint(detail);
            case FAILED -> "  " + palette.bad("✗") + cut(fixed, width - 3) + palette.bad(detail);
            case CANCELED -> "  " + palette.warning("✗") + cut(fixed, width - 3) + palette.warning(detail);
        };
    }

    /** An optional stage has no number among the eleven. */
    private String line(StageReport stage) {
        return palette.faint(cut(
                        "     + %s: %s %s".formatted(stage.stage(), ProgressEvent.words(stage.state()), stage.detail()),
                        width)
                .stripTrailing());
    }

    private String line(CleanupAct act) {
        String text = cut("     - cleanup: %s: %s".formatted(act.what(), ProgressEvent.words(act)), width);
        return act.state() == StepState.RUNNING ? palette.active(text) : palette.faint(text);
    }

    private static String detail(StepReport step, BakeSighting bake) {
        Optional<String> waiting =
                step.state() == StepState.RUNNING && !bake.waits().isEmpty()
                        ? Optional.of(String.join("; ", bake.waits()))
                        : Optional.empty();
        String attempts = step.attempts() > 1 ? "attempt %d: ".formatted(step.attempts()) : "";
        return attempts + waiting.orElse(step.detail());
    }

    private static String whole(Duration duration) {
        return duration.toMinutes() > 0 ? Took.text(duration) : Math.max(0, duration.toSeconds()) + " s";
    }

    private static String cut(String text, int room) {
        String line = text.replaceAll("\\s*\\R\\s*", "; ");
        if (line.length() <= room) {
            return line;
        }
        return room < 2 ? "" : line.substring(0, room - 1) + "…";
    }
}
