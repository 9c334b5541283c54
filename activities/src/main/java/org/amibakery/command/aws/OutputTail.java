package org.amibakery.command.aws;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes from a command's output what people need of it: its end. */
final class OutputTail {
    private static final int MOST_LINES = 20;
    private static final int MOST_CHARACTERS = 2_000;

    private static final int MOST_OF_A_SUCCESS = 6;
    private static final int MOST_CHARACTERS_OF_A_SUCCESS = 400;

    /** The scripts end with one line about themselves. */
    private static final String SUMMARY = "AMI-BAKERY ";

    private OutputTail() {}

    /** The last 20 lines of both outputs, errors last, of at most 2,000 characters together. */
    static String of(CommandOutput output) {
        List<String> lines = Stream.of(output.standardOutput(), output.standardError())
                .flatMap(OutputTail::lines)
                .filter(line -> !line.isBlank())
                .toList();
        return tail(lines, MOST_LINES, MOST_CHARACTERS);
    }

    /**
     * The last 6 lines of what a command wrote that succeeded, without what the script says about itself, of at most 400
     * characters together: it is in history.
     */
    static String ofSuccess(CommandOutput output) {
        List<String> lines = lines(output.standardOutput())
                .filter(line -> !line.isBlank() && !line.startsWith(SUMMARY))
                .toList();
        return tail(lines, MOST_OF_A_SUCCESS, MOST_CHARACTERS_OF_A_SUCCESS);
    }

    private static String tail(List<String> lines, int mostLines, int mostCharacters) {
        String tail = lines.subList(Math.max(0, lines.size() - mostLines), lines.size()).stream()
                .collect(Collectors.joining("\n"));
        return tail.substring(Math.max(0, tail.length() - mostCharacters));
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
