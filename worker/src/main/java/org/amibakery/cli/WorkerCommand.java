package org.amibakery.cli;

import java.time.Duration;
import org.amibakery.worker.Deployment;
import org.amibakery.worker.Logging;
import org.amibakery.worker.WorkerCapacity;
import org.amibakery.worker.WorkerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a worker until it is told to stop. */
@Command(
        name = "worker",
        description = {
            "Run a worker: it polls Temporal and bakes on AWS, until SIGTERM or Ctrl-C.",
            "Temporal is found by its profile file and TEMPORAL_* variables, AWS by the SDK's default chain, the"
                    + " installation by BAKERY_CONFIG, or by the SSM parameter /ami-bakery/<stack>/config."
        },
        footerHeading = "%nExample:%n",
        footer = {"  TEMPORAL_ADDRESS=127.0.0.1:7233 AWS_REGION=us-east-1 bakery worker --log-format json"})
final class WorkerCommand extends BakeryCommand {
    @Option(
            names = "--health-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where health and metrics listen. Default: ${DEFAULT-VALUE}.")
    private String healthHost = "127.0.0.1";

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "9464",
            description = "Their port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int healthPort;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:BAKERY_LOG_FORMAT:-text}",
            description = "How the log is written: ${COMPLETION-CANDIDATES}. Default: text, or BAKERY_LOG_FORMAT.")
    private Logging.Format logFormat = Logging.Format.TEXT;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "${env:BAKERY_LOG_LEVEL:-info}",
            description = "Least level of the log: debug, info, warn, error. Default: info, or BAKERY_LOG_LEVEL.")
    private String logLevel = "info";

    @Option(
            names = "--activity-slots",
            paramLabel = "N",
            defaultValue = "200",
            description = "Calls to AWS at the same time; waits hold none. Default: ${DEFAULT-VALUE}.")
    private int activitySlots;

    @Option(
            names = "--cached-bakes",
            paramLabel = "N",
            defaultValue = "200",
            description = "Bakes kept in memory; more cost a replay each. Default: ${DEFAULT-VALUE}.")
    private int cachedBakes;

    @Option(
            names = "--build-id",
            paramLabel = "ID",
            defaultValue = "${env:BAKERY_BUILD_ID:-}",
            description = "Makes this worker a version of a deployment: bakes stay with the version they started on."
                    + " Default: BAKERY_BUILD_ID, or no version.")
    private String buildId = "";

    @Option(
            names = "--deployment",
            paramLabel = "NAME",
            defaultValue = "${env:BAKERY_DEPLOYMENT:-ami-bakery}",
            description = "Name of that deployment. Default: ami-bakery, or BAKERY_DEPLOYMENT.")
    private String deployment = "";

    WorkerCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(Console console) {
        Logging.configure(logFormat, logLevel);
        WorkerProcess.Settings settings = new WorkerProcess.Settings(
                surroundings().environment(),
                new WorkerCapacity(activitySlots, cachedBakes),
                Deployment.of(deployment, buildId),
                healthHost,
                healthPort);
        WorkerProcess worker = WorkerProcess.start(settings);
        console.text("Worker ready after %s; health and metrics at %s."
                .formatted(seconds(worker.startedWithin()), worker.health()));
        worker.runUntilStopped();
        return ExitCode.DONE;
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
