package org.amibakery.cli;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.recipe.Durations;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.temporal.TemporalConnection;

/** Starts bakes, of which one runs at a time for a recipe and a region. */
public final class BakeStarter {
    private final TemporalConnection temporal;
    private final String startedBy;

    /** Takes the server, and who is to be named in each bake's memo. */
    public BakeStarter(TemporalConnection temporal, String startedBy) {
        this.temporal = temporal;
        this.startedBy = startedBy;
    }

    /** Says what becomes of a start while a bake of the same family runs. */
    public enum Conflict {
        REFUSE,
        JOIN
    }

    /** Names a bake that runs. */
    public record StartedBake(String workflowId, String runId) {}

    /**
     * Starts a bake, or joins the one that runs.
     *
     * @throws CommandFailure naming the bake that runs, when joining it is not wanted
     */
    public StartedBake start(WrittenRecipe written, Region region, Conflict conflict) {
        Recipe recipe = written.recipe();
        WorkflowStub bake = temporal.client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(BakeWorkflow.id(recipe.name(), region.name()))
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowIdConflictPolicy(policy(conflict))
                                .setStaticSummary("Bake %s in %s".formatted(recipe.name(), region))
                                .setStaticDetails(details(recipe))
                                .setMemo(memo(written))
                                .build());
        try {
            WorkflowExecution started = bake.start(new BakeRequest(written.json()));
            return new StartedBake(started.getWorkflowId(), started.getRunId());
        } catch (WorkflowExecutionAlreadyStarted running) {
            throw new CommandFailure(ExitCode.USAGE, refusal(running.getExecution()));
        }
    }

    private static WorkflowIdConflictPolicy policy(Conflict conflict) {
        return switch (conflict) {
            case REFUSE -> WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL;
            case JOIN -> WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
        };
    }

    private static String refusal(WorkflowExecution running) {
        return "%s runs already (run %s), and one bake of a family runs at a time. Nothing was started. Add --join to follow it, or stop it with: bakery cancel %s"
                .formatted(running.getWorkflowId(), running.getRunId(), running.getWorkflowId());
    }

    private static String details(Recipe recipe) {
        return "From the newest `%s` of %s, within %s."
                .formatted(
                        recipe.foundation().name(),
                        String.join(", ", recipe.foundation().owners()),
                        Durations.text(recipe.deadline()));
    }

    private Map<String, Object> memo(WrittenRecipe written) {
        Map<String, Object> memo = new LinkedHashMap<>();
        memo.put("recipeDigest", written.digest().hex());
        memo.put("startedBy", startedBy);
        return memo;
    }
}
