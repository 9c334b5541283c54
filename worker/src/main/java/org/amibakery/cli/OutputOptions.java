package org.amibakery.cli;

import picocli.CommandLine.Option;

/** Takes the options that every command has; they are those of the temporal CLI. */
public final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How the result is written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}; NO_COLOR is honoured.")
    private ColorChoice color = ColorChoice.AUTO;

    @Option(names = "--debug", description = "Show the log and, should the command fail, every detail.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on the option itself
    private boolean help;

    OutputFormat format() {
        return format;
    }

    ColorChoice color() {
        return color;
    }

    boolean isDebugging() {
        return debug;
    }
}
