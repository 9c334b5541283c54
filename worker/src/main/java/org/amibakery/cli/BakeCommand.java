package org.amibakery.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts bakes. */
@Command(
        name = "bake",
        description = {
            "Start bakes, and follow them if asked.",
            "With --output json the result is one object, or an array for several recipes; with jsonl, one event a"
                    + " line while following, then one object a bake."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bakery bake recipes/amazon-linux-2023.yaml --follow",
            "  bakery bake recipes/*.yaml --set deadline=6h --region eu-west-1"
        })
final class BakeCommand extends BakeryCommand {
    @Parameters(arity = "1..*", paramLabel = "RECIPE", description = "Recipes in YAML or JSON.")
    private List<Path> files = List.of();

    @Option(names = "--follow", description = "Show how the bakes go, until they end.")
    private boolean follow;

    @Option(names = "--join", description = "Take the bake that runs already instead of being refused.")
    private boolean join;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Follow no longer than this, such as 2h; the bakes go on.")
    private Optional<Duration> timeout = Optional.empty();

    @Mixin
    private final RecipeOptions overrides = new RecipeOptions();

    BakeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        return new BakeRun(surroundings(), console).bake(this);
    }

    List<Path> files() {
        return files;
    }

    RecipeOptions overrides() {
        return overrides;
    }

    boolean isFollowing() {
        return follow || timeout.isPresent();
    }

    boolean isJoining() {
        return join;
    }

    Optional<Duration> timeout() {
        return timeout;
    }
}
