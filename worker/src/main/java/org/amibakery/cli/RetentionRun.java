package org.amibakery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.cli.ReportFollower.Followed;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.retention.FamilyRetention;
import org.amibakery.retention.RetentionMode;
import org.amibakery.retention.RetentionRequest;
import org.amibakery.retention.RetentionWorkflow;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.reading.WindowReader;

/** Lets a worker go through old images, as a command line asks: the worker has the rights for it, not the user. */
final class RetentionRun {
    private final Surroundings surroundings;
    private final Console console;
    private final int most;

    RetentionRun(Surroundings surroundings, Console console, int most) {
        this.surroundings = surroundings;
        this.console = console;
        this.most = most;
    }

    /** Tells what would go. */
    ExitCode plan(List<Path> files) {
        return tell(run(files, RetentionMode.PLAN));
    }

    /** Tells what would go, and how to have it deleted. */
    ExitCode preview(List<Path> files) {
        List<FamilyRetention> reports = run(files, RetentionMode.PLAN);
        ExitCode exitCode = tell(reports);
        if (reports.stream().mapToInt(FamilyRetention::plannedCount).sum() > 0) {
            console.progress("Nothing was deleted. To delete it, add --yes.");
        }
        return exitCode;
    }

    /** Deletes, and tells what became of every image. */
    ExitCode delete(List<Path> files) {
        return tell(run(files, RetentionMode.DELETE));
    }

    private List<FamilyRetention> run(List<Path> files, RetentionMode mode) {
        Map<String, JsonNode> families = families(files);
        return surroundings.temporal().with(temporal -> {
            Map<String, WorkflowStub> runs = new LinkedHashMap<>();
            families.forEach((id, recipe) -> runs.put(
                    id, startOrJoin(temporal, id, new RetentionRequest(recipe, mode, most, Optional.empty()))));
            List<FamilyRetention> reports = new ArrayList<>();
            runs.forEach((id, run) -> reports.add(follow(temporal, id, run)));
            return reports;
        });
    }

    /** By their workflow ids; all files are read before anything is asked for. */
    private Map<String, JsonNode> families(List<Path> files) {
        Map<String, JsonNode> families = new LinkedHashMap<>();
        BakeRegion regions = new BakeRegion(surroundings.environment());
        for (Path file : files) {
            recipes(file)
                    .forEach(written -> families.put(
                            RetentionWorkflow.id(
                                    written.recipe().name(),
                                    regions.of(written.recipe(), file).name()),
                            written.json()));
        }
        return families;
    }

    private static Stream<WrittenRecipe> recipes(Path file) {
        return WindowReader.isWindow(file)
                ? new WindowReader().read(file).recipes().stream()
                : Stream.of(new RecipeReader().read(file));
    }

    /** A plan does not stand in the way of a deletion. */
    private WorkflowStub startOrJoin(TemporalConnection temporal, String id, RetentionRequest request) {
        String own = request.mode() == RetentionMode.PLAN ? id + "/plan" : id;
        WorkflowStub retention = temporal.client()
                .newUntypedWorkflowStub(
                        RetentionWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(own)
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setStaticSummary("Asked for by bakery retention")
                                .build());
        try {
            retention.start(request);
            return retention;
        } catch (WorkflowExecutionAlreadyStarted running) {
            console.progress("%s runs already; its end is awaited.".formatted(own));
            return temporal.client().newUntypedWorkflowStub(own);
        }
    }

    private FamilyRetention follow(TemporalConnection temporal, String id, WorkflowStub run) {
        return new ReportFollower<>(
                        temporal,
                        console,
                        new Followed<>(FamilyRetention.class, id, OnceEach.of(RetentionText::progress)))
                .follow(run);
    }

    private ExitCode tell(List<FamilyRetention> reports) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (FamilyRetention report : reports) {
            RetentionText.lines(report, console.palette()).forEach(console::text);
            report.troubles().forEach(console::error);
            json.add(RetentionJson.of(report));
            console.jsonLine(json.get(json.size() - 1));
        }
        if (console.format() == OutputFormat.JSON) {
            console.json(json.size() == 1 ? json.get(0) : json);
        }
        return reports.stream().allMatch(report -> report.troubles().isEmpty()) ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }
}
