package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.bake.BakeReport;
import org.amibakery.temporal.TemporalConnection;

/** Looks up how bakes stand. */
final class StatusRun {
    private final Surroundings surroundings;
    private final Console console;

    StatusRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    ExitCode run(StatusCommand command) {
        return surroundings.temporal().with(temporal -> {
            BakeHistory history = new BakeHistory(temporal);
            if (!command.ids().isEmpty()) {
                List<String> ids =
                        command.ids().stream().map(history::idOf).distinct().toList();
                return command.isFollowing() ? follow(temporal, ids) : tell(temporal, ids);
            }
            List<WorkflowExecutionInfo> running = history.running();
            if (command.isFollowing() && !running.isEmpty()) {
                return follow(
                        temporal,
                        running.stream()
                                .map(bake -> bake.getExecution().getWorkflowId())
                                .toList());
            }
            list(running);
            return ExitCode.DONE;
        });
    }

    private ExitCode follow(TemporalConnection temporal, List<String> ids) {
        return new BakeRun(surroundings, console).follow(temporal, FollowPace.USUAL, ids);
    }

    private ExitCode tell(TemporalConnection temporal, List<String> ids) {
        BakeLook look = new BakeLook(temporal);
        List<BakeReport> reports = new ArrayList<>();
        ExitCode exitCode = ExitCode.DONE;
        for (String id : ids) {
            BakeSighting bake = look.after(BakeSighting.first(id));
            tell(bake);
            bake.report().ifPresent(reports::add);
            if (bake.report().isEmpty()) {
                exitCode = ExitCode.UNREACHABLE;
            }
        }
        BakeJson.write(console, reports);
        return exitCode;
    }

    private void tell(BakeSighting bake) {
        Screen.Size size = console.size();
        BakeBlock block = new BakeBlock(
                console.palette(), size.columns() - 1, surroundings.clock().instant(), "▸");
        block.lines(bake).forEach(console::text);
        bake.report().filter(report -> bake.isEnded()).ifPresent(report -> {
            BakeSummary.lines(report, console.palette()).forEach(console::text);
            if (!report.failure().isEmpty()) {
                console.text(report.failure());
            }
        });
        if (bake.report().isEmpty()) {
            console.error(bake.note());
        }
    }

    private void list(List<WorkflowExecutionInfo> running) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Instant now = surroundings.clock().instant();
        for (WorkflowExecutionInfo bake : running) {
            Instant started = BakeHistory.instant(bake.getStartTime());
            ObjectNode json = all.addObject()
                    .put("workflowId", bake.getExecution().getWorkflowId())
                    .put("runId", bake.getExecution().getRunId())
                    .put("startedAt", started.toString());
            console.jsonLine(json);
            console.text("%s  runs since %s, for %s"
                    .formatted(
                            bake.getExecution().getWorkflowId(), started, Took.text(Duration.between(started, now))));
        }
        if (running.isEmpty()) {
            console.text("No bake runs.");
        }
        if (console.format() == OutputFormat.JSON) {
            console.json(all);
        }
    }
}
