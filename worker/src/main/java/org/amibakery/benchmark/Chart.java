package org.amibakery.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the times of both as bars, on one scale for each scenario, since they differ by a factor of hundreds. */
final class Chart {
    private static final int WIDTH = 760;
    private static final int LABELS = 250;
    private static final int BAR = 16;
    private static final int GAP = 8;
    private static final int NUMBERS = 70;

    private final List<Figure> figures;

    Chart(List<Figure> figures) {
        this.figures = figures.stream()
                .filter(figure ->
                        List.of("time", "calls a bake", "resident memory").contains(figure.measure()))
                .filter(figure -> figure.scenario().compareTo(Scenario.LIMITS) <= 0)
                .toList();
    }

    String svg() {
        List<String> bars = new ArrayList<>();
        int y = 30;
        Figure before = null;
        for (String measure : List.of("time", "calls a bake", "resident memory")) {
            for (Figure figure :
                    figures.stream().filter(it -> it.measure().equals(measure)).toList()) {
                if (before == null || !before.measure().equals(measure)) {
                    y += 2 * GAP + BAR;
                    bars.add(text(8, y - GAP, "bold", "%s (%s)".formatted(title(measure), figure.unit())));
                } else if (before.scenario() != figure.scenario() || before.bakes() != figure.bakes()) {
                    y += GAP;
                }
                bars.add(bar(figure, y));
                y += BAR + 2;
                before = figure;
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="8" y="22" font-size="15" font-weight="bold">AMI Bakery and Packer on the same simulator: less is better</text>
                %s
                </svg>
                """
                .formatted(WIDTH, y + 2 * GAP, String.join("\n", bars));
    }

    private String bar(Figure figure, int y) {
        double most = figures.stream()
                .filter(other -> other.measure().equals(figure.measure())
                        && other.scenario() == figure.scenario()
                        && other.bakes() == figure.bakes())
                .mapToDouble(Figure::median)
                .max()
                .orElseThrow();
        double length = most == 0 ? 0 : figure.median() / most * (WIDTH - LABELS - NUMBERS);
        String label = "%s, %d at once: %s"
                .formatted(figure.scenario().name().toLowerCase(Locale.ROOT), figure.bakes(), figure.subject());
        String color = figure.subject().equals(Figures.BAKERY) ? "#2a7de1" : "#c8c8c8";
        return text(8, y + BAR - 4, "normal", label)
                + String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>",
                        LABELS,
                        y,
                        Math.max(1, length),
                        BAR,
                        color)
                + text(LABELS + (int) length + 6, y + BAR - 4, "normal", number(figure.median()));
    }

    private static String title(String measure) {
        return measure.substring(0, 1).toUpperCase(Locale.ROOT) + measure.substring(1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    private static String text(int x, int y, String weight, String words) {
        return "<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>".formatted(x, y, weight, words);
    }
}
