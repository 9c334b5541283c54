package org.amibakery.command.aws;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes from a command's output what people need of it: its end. */
final class OutputTail {
    private static final int MOST_LINES = 20;
    private static final int MOST_CHARACTERS = 2_000;

    /** The scripts end with one line about themselves. */
    private static final String SUMMARY = "AMI-BAKERY ";

    private OutputTail() {}

    /** The last 20 lines of both outputs, errors last, of at most 2,000 characters together. */
    static String of(CommandOutput output) {
        List<String> lines = Stream.of(output.standardOutput(), output.standardError())
                .flatMap(OutputTail::lines)
                .filter(line -> !line.isBlank())
                .toList();
        String tail = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).stream()
                .collect(Collectors.joining("\n"));
        return tail.substring(Math.max(0, tail.length() - MOST_CHARACTERS));
    }

    /** What the script said about itself last, without the product's name; empty if it said nothing. */
    static String summary(CommandOutput output) {
        return lines(output.standardOutput())
                .filter(line -> line.startsWith(SUMMARY))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring(SUMMARY.length()))
                .orElse("");
    }

    private static Stream<String> lines(String text) {
        return Arrays.stream(text.split("\\R"));
    }
}
