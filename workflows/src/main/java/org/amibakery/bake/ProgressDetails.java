package org.amibakery.bake;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.command.CommandResult;
import org.amibakery.console.AwsConsole;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.MarkdownCell;
import org.amibakery.workflow.MarkdownCode;
import org.amibakery.workflow.ReadableTime;

/**
 * Writes a bake's progress in Markdown, for the Web UI's current details: what it is about and how it stands, the steps, what
 * its last command wrote, and what wants attention.
 */
final class ProgressDetails {
    /** The report has all of them; details are for a look. */
    private static final int MOST_REMARKS = 8;

    private final BakeReport report;
    private final StringBuilder text = new StringBuilder(2048);

    private ProgressDetails(BakeReport report) {
        this.report = report;
    }

    static String of(BakeReport report, Optional<CommandNews> command) {
        ProgressDetails details = new ProgressDetails(report);
        details.paragraph(BakeHeadline.of(report));
        details.failure();
        if (!report.recipe().isEmpty()) { // else it was refused before it had any step
            command.ifPresent(details::running);
            details.times();
            details.table();
            command.ifPresent(details::ended);
        }
        details.remarks("Warning", report.warnings());
        details.remarks("Left behind", report.leaked());
        return details.text.toString();
    }

    private void failure() {
        List<String> lines = report.failure().lines().toList();
        if (lines.size() < 3 || report.recipe().isEmpty()) {
            lines.forEach(this::paragraph);
            return;
        }
        int last = lines.size() - 1; // between the sentences stands what a command wrote
        paragraph(lines.get(0));
        text.append(MarkdownCode.block(String.join("\n", lines.subList(1, last))))
                .append('\n');
        paragraph(lines.get(last));
    }

    private void times() {
        String ends = report.state() == BakeState.RUNNING
                ? report.deadline()
                        .map(deadline -> ", ends by %s at the latest".formatted(ReadableTime.day(deadline)))
                        .orElse("")
                : "";
        paragraph("Started %s%s. All times are UTC.".formatted(ReadableTime.day(report.startedAt()), ends));
    }

    private void table() {
        text.append("| # | step | state | began | took | what came of it |\n|---|---|---|---|---|---|\n");
        report.steps().forEach(step -> text.append(row(step)));
        report.stages().forEach(stage -> text.append(row(stage)));
        text.append('\n');
    }

    private String row(StepReport step) {
        return "| %d | %s | %s | %s | %s | %s |\n"
                .formatted(
                        step.step().number(),
                        step.step().words(),
                        words(step.state()),
                        step.startedAt().map(ReadableTime::clock).orElse(""),
                        took(step),
                        linked(step));
    }

    private static String row(StageReport stage) {
        return "| | %s | %s | | | %s |\n"
                .formatted(stage.stage(), words(stage.state()), MarkdownCell.of(stage.detail()));
    }

    /** Ids lead to the console where they come up first; each link more would only make the text longer. */
    private String linked(StepReport step) {
        String detail = MarkdownCell.of(firstLine(step.detail()));
        AwsConsole console = AwsConsole.of(new Region(report.region()));
        return switch (step.step()) {
            case FIND_FOUNDATION_IMAGE ->
                report.foundationImage()
                        .map(id -> detail.replace(id.value(), console.link(id)))
                        .orElse(detail);
            case LAUNCH_BUILDER ->
                report.builder()
                        .map(id -> detail.replace(id.value(), console.link(id)))
                        .orElse(detail);
            case CREATE_IMAGE ->
                report.image()
                        .map(id -> detail.replace(id.value(), console.link(id)))
                        .orElse(detail);
            case VERIFY_AGENT,
                    UPDATE_PACKAGES,
                    INSTALL_PACKAGES,
                    RUN_PLAYBOOKS,
                    TAG_IMAGE,
                    TERMINATE_BUILDER,
                    CONFIRM_TERMINATION,
                    DELETE_OLD_IMAGES -> detail;
        };
    }

    private void running(CommandNews command) {
        if (command.result().isEmpty() && report.state() == BakeState.RUNNING) {
            paragraph("Command \"%s\" runs since %s on %s. Its output comes when it has ended."
                    .formatted(command.label(), ReadableTime.clock(command.since()), command.instance()));
        }
    }

    private void ended(CommandNews command) {
        command.result().ifPresent(result -> ended(command, result));
    }

    private void ended(CommandNews command, CommandResult result) {
        String output =
                AwsConsole.of(new Region(report.region())).link("whole output", result.commandId(), command.instance());
        String end = result.lastLines().isEmpty() ? " and wrote nothing." : "; its last lines (%s):".formatted(output);
        paragraph("Command \"%s\" has ended%s".formatted(command.label(), end));
        if (!result.lastLines().isEmpty()) {
            text.append(MarkdownCode.block(result.lastLines())).append('\n');
        }
    }

    private void remarks(String title, List<String> remarks) {
        remarks.stream()
                .limit(MOST_REMARKS)
                .forEach(remark -> paragraph("**%s**: %s".formatted(title, MarkdownCell.of(remark))));
        if (remarks.size() > MOST_REMARKS) {
            paragraph("%d more of these are in the query progress.".formatted(remarks.size() - MOST_REMARKS));
        }
    }

    private void paragraph(String what) {
        text.append(what.lines().collect(joining(" "))).append("\n\n");
    }

    /** A command's last lines stand in the failure already. */
    private static String firstLine(String detail) {
        return detail.lines().findFirst().orElse("").replace(" Its last lines:", "");
    }

    private static String took(StepReport step) {
        Optional<Instant> began = step.startedAt();
        Optional<Instant> ended = step.endedAt();
        return began.isPresent() && ended.isPresent() ? ReadableTime.between(began.get(), ended.get()) : "";
    }

    private static String words(StepState state) {
        String words = state.name().toLowerCase(Locale.ROOT);
        return switch (state) {
            case PENDING, COMPLETED -> words;
            case RUNNING, FAILED, CANCELED -> "**%s**".formatted(words);
        };
    }
}
