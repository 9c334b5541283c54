package org.amibakery.cli;

import org.amibakery.retention.RetentionRequest;
import picocli.CommandLine.Option;

/** Takes what bounds a retention by hand. */
final class RetentionOptions {
    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "" + RetentionRequest.USUAL_MOST,
            description = "Delete at most so many images of a family in each region. Default: ${DEFAULT-VALUE}.")
    private int most;

    /** How many images may go of a family in each region. */
    int most() {
        if (most < 1 || most > RetentionRequest.GREATEST_MOST) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--most must be from 1 to %d.".formatted(RetentionRequest.GREATEST_MOST));
        }
        return most;
    }
}
