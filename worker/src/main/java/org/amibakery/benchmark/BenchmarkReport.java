package org.amibakery.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Holds what a benchmark came to, and writes it down: a table for people, JSON for programs, a chart. */
public record BenchmarkReport(Machine machine, List<Figure> figures, List<String> notes) {
    public BenchmarkReport {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    void writeTo(Path folder) {
        try {
            Files.writeString(folder.resolve("figures.md"), table(), StandardCharsets.UTF_8);
            Files.writeString(
                    folder.resolve("figures.json"), BenchmarkJson.of(this).toPrettyString(), StandardCharsets.UTF_8);
            Files.writeString(folder.resolve("chart.svg"), new Chart(figures).svg(), StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Every figure but the single operations' call numbers, as a table in Markdown. */
    public String table() {
        StringBuilder table = new StringBuilder("Measured on: %s.%n%n".formatted(machine.words()));
        notes.forEach(note -> table.append("%s%n%n".formatted(note)));
        table.append("| scenario | at once | what | who | median | least | most | times |%n".formatted());
        table.append("|---|---|---|---|---|---|---|---|%n".formatted());
        for (Figure figure : figures.stream()
                .filter(figure -> !figure.measure().startsWith(Figure.OF_ONE_OPERATION))
                .toList()) {
            table.append("| %s | %d | %s | %s | %s %s | %s | %s | %d |%n"
                    .formatted(
                            figure.scenario().name().toLowerCase(Locale.ROOT),
                            figure.bakes(),
                            figure.measure(),
                            figure.subject(),
                            number(figure.median()),
                            figure.unit(),
                            number(figure.min()),
                            number(figure.max()),
                            figure.values().size()));
        }
        return table.toString();
    }

    private static String number(double value) {
        String pattern = value == Math.rint(value) ? "%.0f" : value < 10 ? "%.2f" : "%.1f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
