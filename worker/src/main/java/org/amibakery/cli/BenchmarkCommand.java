package org.amibakery.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.amibakery.benchmark.Benchmark;
import org.amibakery.benchmark.BenchmarkJson;
import org.amibakery.benchmark.BenchmarkReport;
import org.amibakery.benchmark.MissingTool;
import org.amibakery.benchmark.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the product beside Packer. */
@Command(
        name = "benchmark",
        description = {
            "Measure bakes on simulated AWS, and Packer's amazon-ebs builder beside them on the same simulator.",
            "Temporal's server, the worker and Packer are processes of their own. Needs the temporal CLI and Linux;"
                    + " without packer nothing is compared.",
            "Everything takes three quarters of an hour. What docs/performance.md tells was measured so."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bakery benchmark --into /tmp/figures",
            "  bakery benchmark --scenarios instant,timed --repeats 3",
            "  bakery benchmark --scenarios crowd --crowds 10,50 --boot 5s --image 20s"
        })
final class BenchmarkCommand extends BakeryCommand {
    @Option(
            names = "--scenarios",
            paramLabel = "NAME",
            split = ",",
            description = "Which of: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each comparison is repeated. Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Option(
            names = "--crowds",
            paramLabel = "N",
            split = ",",
            defaultValue = "10,50,200",
            description = "How many bakes at once. 200 of Packer take 6 GB of memory. Default: ${DEFAULT-VALUE}.")
    private List<Integer> crowds = List.of();

    @Option(
            names = "--thousand",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many bakes wait on one worker. Default: ${DEFAULT-VALUE}.")
    private int thousand;

    @Option(
            names = "--boot",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "How long a builder takes to run. Default: ${DEFAULT-VALUE}.")
    private Duration boot = Duration.ZERO;

    @Option(
            names = "--image",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description = "How long an image takes to become available. Default: ${DEFAULT-VALUE}.")
    private Duration image = Duration.ZERO;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            defaultValue = "benchmark",
            description = "Takes table, JSON, chart and the logs of all processes. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("benchmark");

    BenchmarkCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        if (repeats < 1 || thousand < 1 || crowds.isEmpty() || crowds.stream().anyMatch(bakes -> bakes < 1)) {
            throw new CommandFailure(ExitCode.USAGE, "--repeats, --crowds and --thousand must be at least 1.");
        }
        CommandLogs.quiet();
        Benchmark.Request request =
                new Benchmark.Request(scenarios, repeats, crowds, thousand, boot, image, folder.toAbsolutePath());
        BenchmarkReport report = measured(request, console);
        console.text(report.table());
        console.json(BenchmarkJson.of(report));
        console.progress("The table, figures.json and chart.svg are in %s.".formatted(folder.toAbsolutePath()));
        return ExitCode.DONE;
    }

    private BenchmarkReport measured(Benchmark.Request request, Console console) {
        try {
            return new Benchmark(request, console::progress).run(surroundings().environment());
        } catch (MissingTool missing) {
            throw new CommandFailure(ExitCode.USAGE, missing.getMessage());
        }
    }
}
