package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Problem;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.StepState;
import org.amibakery.cli.BakeStarter.Conflict;
import org.amibakery.cli.BakeStarter.StartedBake;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.temporal.TemporalConnection;

/** Starts bakes and follows them, as a command line asks. */
final class BakeRun {
    private static final String GOOD_ALREADY =
            "its image was good before the cancellation reached it, so the image stays; nothing else of it is left";

    private final Surroundings surroundings;
    private final Console console;

    BakeRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    /** Reads every recipe before it starts the first bake, so that a slip in the last one starts nothing. */
    ExitCode bake(BakeCommand command) {
        List<Wanted> wanted = wanted(command);
        return surroundings.temporal().with(temporal -> {
            List<StartedBake> started = start(temporal, wanted, command);
            if (!command.isFollowing()) {
                tellStarted(started);
                return ExitCode.DONE;
            }
            FollowPace pace =
                    command.timeout().map(FollowPace.USUAL::noLongerThan).orElse(FollowPace.USUAL);
            return follow(
                    temporal,
                    pace,
                    started.stream().map(StartedBake::workflowId).toList());
        });
    }

    /** Follows bakes and tells how they ended; the exit code tells it too. */
    ExitCode follow(TemporalConnection temporal, FollowPace pace, List<String> workflowIds) {
        List<BakeReport> reports = new BakeFollower(temporal, console, pace).follow(workflowIds);
        return tellEnded(reports);
    }

    /** Tells how bakes ended. */
    ExitCode tellEnded(List<BakeReport> reports) {
        BakeJson.write(console, reports);
        for (BakeReport report : reports) {
            BakeSummary.lines(report, console.palette()).forEach(console::text);
            if (!report.failure().isEmpty()) {
                console.error(report.failure());
            }
        }
        boolean good = reports.stream().allMatch(report -> report.state() == BakeState.COMPLETED);
        return good ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }

    /** Tells what became of bakes that were to be canceled; what is left of one is a failure. */
    ExitCode tellCanceled(List<BakeReport> reports) {
        BakeJson.write(console, reports);
        boolean clean = true;
        for (BakeReport report : reports) {
            BakeSummary.lines(report, console.palette()).forEach(console::text);
            if (report.leaked().isEmpty() && report.state() != BakeState.FAILED) {
                console.text("    " + (hasGoodImage(report) ? GOOD_ALREADY : "nothing of it is left"));
            } else {
                clean = false;
                console.error(report.failure());
            }
        }
        return clean ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }

    private static boolean hasGoodImage(BakeReport report) {
        return report.steps().stream()
                .anyMatch(step -> step.step() == BakeStep.TAG_IMAGE && step.state() == StepState.COMPLETED);
    }

    private List<Wanted> wanted(BakeCommand command) {
        RecipeReader reader = new RecipeReader();
        List<Wanted> wanted = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : command.files()) {
            try {
                WrittenRecipe written = command.overrides().read(reader, file);
                wanted.add(new Wanted(written, new BakeRegion(surroundings.environment()).of(written.recipe(), file)));
            } catch (InvalidInput invalid) {
                problems.addAll(invalid.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        refuseTwins(wanted);
        return wanted;
    }

    private static void refuseTwins(List<Wanted> wanted) {
        Set<String> ids = new HashSet<>();
        wanted.stream()
                .map(Wanted::workflowId)
                .filter(id -> !ids.add(id))
                .findFirst()
                .ifPresent(twice -> {
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "Two of the recipes make %s, and one bake of a family runs at a time. Nothing was started. Give each recipe a name of its own."
                                    .formatted(twice));
                });
    }

    private List<StartedBake> start(TemporalConnection temporal, List<Wanted> wanted, BakeCommand command) {
        BakeStarter starter = new BakeStarter(temporal, startedBy());
        Conflict conflict = command.isJoining() ? Conflict.JOIN : Conflict.REFUSE;
        return wanted.stream()
                .map(bake -> starter.start(bake.written(), bake.region(), conflict))
                .toList();
    }

    private void tellStarted(List<StartedBake> started) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (StartedBake bake : started) {
            ObjectNode json =
                    all.addObject().put("workflowId", bake.workflowId()).put("runId", bake.runId());
            console.jsonLine(json);
            console.text("%s started (run %s). Follow it with: bakery status --follow %s"
                    .formatted(bake.workflowId(), bake.runId(), bake.workflowId()));
        }
        if (console.format() == OutputFormat.JSON) {
            console.json(all.size() == 1 ? all.get(0) : all);
        }
    }

    private String startedBy() {
        return User.of(surroundings.environment()) + " by bakery bake";
    }

    /** A recipe to bake, and where. */
    private record Wanted(WrittenRecipe written, Region region) {
        String workflowId() {
            return BakeWorkflow.id(written.recipe().name(), region.name());
        }
    }
}
