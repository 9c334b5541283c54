package org.amibakery.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes old images. */
@Command(
        name = "run",
        description = {
            "Delete old images and their snapshots: never one of the newest, nor one that something uses.",
            "A worker plans first, then proves again for each image that it may go. Without --yes it only plans."
        },
        footerHeading = "%nExample:%n",
        footer = "  bakery retention run recipes/amazon-linux-2023.yaml --yes")
final class RetentionRunCommand extends BakeryCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recipes, or windows for all of their recipes.")
    private List<Path> files = List.of();

    @Option(names = "--yes", description = "Delete; without it, only show what would be deleted.")
    private boolean yes;

    @Mixin
    private final RetentionOptions options = new RetentionOptions();

    RetentionRunCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        RetentionRun retention = new RetentionRun(surroundings(), console, options.most());
        return yes ? retention.delete(files) : retention.preview(files);
    }
}
