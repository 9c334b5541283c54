package org.amibakery.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the images that the installation has baked. */
@Command(
        name = "images",
        description = {
            "List the installation's own images: family, age, what they were baked from, their state, and what uses them.",
            "Reads from AWS and changes nothing. What is marked as newest is never deleted by retention."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery images", "  bakery images amazon-linux-2023-base --region us-east-1 --region eu-west-1"})
final class ImagesCommand extends BakeryCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FAMILY",
            description = "The name of a recipe. Default: every family of the installation.")
    private Optional<String> family = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description =
                    "Where to look, such as us-east-1; may be given more than once, and all means every region that"
                            + " the account has enabled. Default: the installation's.")
    private List<String> regions = List.of();

    @Option(
            names = "--without-use",
            description = "Do not look for what uses the images, which takes three calls for every ten of them.")
    private boolean withoutUse;

    ImagesCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new ImagesRun(surroundings(), console).list(this);
    }

    Optional<String> family() {
        return family;
    }

    List<String> regions() {
        return regions;
    }

    boolean looksForUse() {
        return !withoutUse;
    }
}
