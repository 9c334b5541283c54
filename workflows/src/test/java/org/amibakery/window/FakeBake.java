package org.amibakery.window;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.HoldRequest;
import org.amibakery.recipe.ImageId;

/** Bakes as its recipe says: {@code takes} so long, {@code cleansUpFor} so long when canceled, or {@code fails}. */
public final class FakeBake implements BakeWorkflow {
    @Override
    public BakeReport bake(BakeRequest request) {
        JsonNode recipe = request.recipe();
        try {
            Workflow.sleep(Duration.parse(recipe.path("takes").asText("PT10M")));
        } catch (CanceledFailure canceled) {
            Duration cleanup = Duration.parse(recipe.path("cleansUpFor").asText("PT5M"));
            Workflow.newDetachedCancellationScope(() -> Workflow.sleep(cleanup)).run();
            throw canceled;
        }
        if (recipe.has("fails")) {
            throw ApplicationFailure.newNonRetryableFailure(recipe.get("fails").asText(), "SnapshotLimitExceeded");
        }
        return report(recipe.path("name").asText());
    }

    private static BakeReport report(String recipe) {
        WorkflowInfo info = Workflow.getInfo();
        return new BakeReport(
                info.getWorkflowId(),
                info.getRunId(),
                recipe,
                "us-east-1",
                BakeState.COMPLETED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ImageId("ami-new-" + recipe)),
                recipe,
                Instant.EPOCH,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
    }

    @Override
    public BakeReport progress() {
        throw new IllegalStateException("Nobody asks");
    }

    @Override
    public String hold(HoldRequest request) {
        return "";
    }

    @Override
    public void validateHold(HoldRequest request) {}

    @Override
    public String release() {
        return "";
    }

    @Override
    public void releaseBuilder() {}
}
