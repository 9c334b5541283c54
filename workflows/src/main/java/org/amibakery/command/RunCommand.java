package org.amibakery.command;

import java.util.Optional;
import org.amibakery.builder.BuilderRef;

/**
 * Asks for one command on a builder.
 *
 * @param comment identifies this very sending (at most 100 characters): SendCommand has no token, so whoever sends
 *     looks for the comment first
 * @param outputBucket where the whole output goes; absent means only its ends are kept
 */
public record RunCommand(BuilderRef builder, PlannedCommand command, String comment, Optional<String> outputBucket) {
    public RunCommand {
        outputBucket = outputBucket == null ? Optional.empty() : outputBucket;
    }
}
