package org.amibakery.cli;

import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.util.Optional;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.cli.ReportFollower.Followed;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.temporal.TemporalConnection;

/** Lets a worker look for what nobody needs, as a command line asks: the worker has the rights for it, not the user. */
final class ReaperRun {
    /** It needs minutes; one that found no worker for so long is not wanted any more. */
    private static final Duration RUN_LIMIT = Duration.ofHours(1);

    private final Surroundings surroundings;
    private final Console console;
    private final String stack;

    ReaperRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
        this.stack = InstallationReader.fileOf(surroundings.environment())
                .map(file -> new InstallationReader()
                        .read(surroundings.environment())
                        .stack())
                .orElseGet(() -> InstallationReader.stackOf(surroundings.environment()));
    }

    /** Tells what would be removed. */
    ExitCode plan() {
        return tell(reap(planId(), ReaperRequest.plan(stack)));
    }

    /** Tells what would be removed, and how to have it removed. */
    ExitCode preview() {
        ReaperReport report = reap(planId(), ReaperRequest.plan(stack));
        ExitCode exitCode = tell(report);
        if (report.orphanCount() > 0) {
            console.progress("Nothing was removed. To remove it: bakery reaper run --yes");
        }
        return exitCode;
    }

    /** Removes, and tells what became of everything. */
    ExitCode remove(Optional<Duration> settle) {
        ReaperRequest request = ReaperRequest.removal(stack);
        return tell(reap(ReaperWorkflow.id(stack), settle.map(request::settling).orElse(request)));
    }

    /** A plan does not stand in the way of the reaper itself. */
    private String planId() {
        return ReaperWorkflow.id(stack) + "/plan";
    }

    private ReaperReport reap(String id, ReaperRequest request) {
        return surroundings.temporal().with(temporal -> new ReportFollower<>(
                        temporal,
                        console,
                        new Followed<>(ReaperReport.class, "the reaper", OnceEach.of(ReaperText::progress)))
                .follow(startOrJoin(temporal, id, request)));
    }

    private WorkflowStub startOrJoin(TemporalConnection temporal, String id, ReaperRequest request) {
        WorkflowStub reaper = temporal.client()
                .newUntypedWorkflowStub(
                        ReaperWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowRunTimeout(RUN_LIMIT)
                                .setStaticSummary("Asked for by bakery reaper")
                                .build());
        try {
            reaper.start(request);
            return reaper;
        } catch (WorkflowExecutionAlreadyStarted running) {
            console.progress("%s runs already (run %s); its end is awaited."
                    .formatted(id, running.getExecution().getRunId()));
            return temporal.client()
                    .newUntypedWorkflowStub(
                            WorkflowTargetOptions.newBuilder()
                                    .setWorkflowId(id)
                                    .setRunId(running.getExecution().getRunId())
                                    .build(),
                            Optional.empty());
        }
    }

    private ExitCode tell(ReaperReport report) {
        ReaperText.lines(report, console.palette()).forEach(console::text);
        console.json(ReaperJson.of(report));
        report.warnings().forEach(console::error);
        report.outOfReach()
                .forEach(
                        away -> console.error("%s could not be looked at: %s".formatted(away.region(), away.reason())));
        return report.failed().isEmpty() && report.outOfReach().isEmpty() ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }
}
