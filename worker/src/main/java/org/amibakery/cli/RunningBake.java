package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.HoldRequest;
import org.amibakery.failure.Failures;
import org.amibakery.temporal.TemporalConnection;

/** Speaks to a bake that runs. */
final class RunningBake {
    private final Surroundings surroundings;
    private final Console console;

    RunningBake(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    ExitCode cancel(String typed) {
        return ask(typed, "cancel", RunningBake::cancel);
    }

    /** Shows how the bake cleans up, and tells by the exit code whether all is gone. */
    ExitCode cancelAndFollow(String typed, FollowPace pace) {
        return surroundings.temporal().with(temporal -> {
            String id = new BakeHistory(temporal).idOf(typed);
            console.progress("%s: %s".formatted(id, asked(temporal, id, RunningBake::cancel)));
            List<BakeReport> ended = new BakeFollower(temporal, console, pace).follow(List.of(id));
            return new BakeRun(surroundings, console).tellCanceled(ended);
        });
    }

    private static String cancel(WorkflowStub bake) {
        bake.cancel("asked for by bakery cancel");
        return "The cancellation is under way: what the bake made is being removed.";
    }

    ExitCode hold(String typed, Duration duration) {
        return ask(typed, "hold", bake -> update(bake, "hold", new HoldRequest(duration)));
    }

    ExitCode release(String typed) {
        return ask(typed, "release", bake -> update(bake, "release"));
    }

    private ExitCode ask(String typed, String what, Function<WorkflowStub, String> question) {
        return surroundings.temporal().with(temporal -> {
            String id = new BakeHistory(temporal).idOf(typed);
            tell(id, what, asked(temporal, id, question));
            return ExitCode.DONE;
        });
    }

    private static String asked(TemporalConnection temporal, String id, Function<WorkflowStub, String> question) {
        try {
            WorkflowStub bake = temporal.client().newUntypedWorkflowStub(id);
            if (bake.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
                throw notRunning(id); // not every server refuses to cancel what has ended
            }
            return question.apply(bake);
        } catch (WorkflowNotFoundException gone) {
            throw notRunning(id);
        } catch (WorkflowUpdateTimeoutOrCancelledException unanswered) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "No worker took it in time, so %s was not told. Look whether a worker polls the task queue %s."
                            .formatted(id, BakeWorkflow.TASK_QUEUE));
        } catch (WorkflowUpdateException refused) {
            throw new CommandFailure(ExitCode.USAGE, Failures.rootMessage(refused.getCause()));
        }
    }

    private static CommandFailure notRunning(String id) {
        return new CommandFailure(
                ExitCode.USAGE, "%s does not run. See which bakes do with: bakery status".formatted(id));
    }

    private static String update(WorkflowStub bake, String name, Object... arguments) {
        return bake.startUpdate(
                        UpdateOptions.newBuilder(String.class)
                                .setUpdateName(name)
                                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                .build(),
                        arguments)
                .getResult();
    }

    private void tell(String id, String what, String answer) {
        console.text("%s: %s".formatted(id, answer));
        console.json(JsonNodeFactory.instance
                .objectNode()
                .put("workflowId", id)
                .put("asked", what)
                .put("answer", answer));
    }
}
