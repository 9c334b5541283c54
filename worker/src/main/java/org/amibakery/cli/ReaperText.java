package org.amibakery.cli;

import java.util.ArrayList;
import java.util.List;
import org.amibakery.reaper.ReaperMode;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.Verdict;

/** Writes what a reaper found and did for people. */
final class ReaperText {
    private ReaperText() {}

    /** Says in a line what the reaper is about. */
    static String progress(ReaperReport report) {
        return switch (report.state()) {
            case LOOKING ->
                report.secondLook().isPresent()
                        ? "Looks again, before anything is removed."
                        : "Looks for what nobody needs any more, region by region.";
            case SETTLING ->
                "Found %s; waits, and looks again before anything is removed."
                        .formatted(count(report.orphanCount(), "orphan"));
            case REMOVING -> "Removes what was an orphan both times.";
            case CONFIRMING -> "Waits until the instances are gone.";
            case COMPLETED -> "Has looked everywhere.";
        };
    }

    /** Writes the whole report. */
    static List<String> lines(ReaperReport report, Palette palette) {
        List<String> lines = new ArrayList<>();
        boolean planned = report.mode() == ReaperMode.PLAN;
        lines.add("%s, %s: %s"
                .formatted(
                        palette.strong(report.stack()),
                        count(report.regions().size(), "region"),
                        planned
                                ? "%d to remove, %d to keep".formatted(report.orphanCount(), report.keptCount())
                                : "%d removed, %d failed, %d kept"
                                        .formatted(
                                                report.removed().size(),
                                                report.failed().size(),
                                                report.keptCount())));
        if (planned) {
            table(lines, palette.warning("would be removed"), report.orphans());
        }
        table(lines, palette.good("removed"), report.removed());
        table(lines, palette.bad("failed"), report.failed());
        table(lines, palette.faint("kept"), report.kept());
        return lines;
    }

    private static void table(List<String> lines, String title, List<Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            lines.add("  " + title);
        }
        verdicts.forEach(verdict -> lines.add("    %-17s %-22s %-15s %s"
                .formatted(
                        verdict.resource().kind().words(),
                        verdict.resource().id(),
                        verdict.resource().region(),
                        verdict.reason())));
    }

    private static String count(int number, String noun) {
        return number == 1 ? "1 " + noun : "%d %ss".formatted(number, noun);
    }
}
