package org.amibakery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.List;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.StepReport;
import org.amibakery.bake.StepState;
import org.amibakery.demo.Demo;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.simulator.world.LedgerEntry;
import org.junit.jupiter.api.Test;

class BakeEndToEndTest {
    private static final List<String> FAMILIES = List.of("amazon-linux-2023-base", "ubuntu-24-04-base");

    @Test
    void bakes_two_systems_through_all_eleven_steps_and_leaves_nothing_behind() {
        try (Demo bakery = Demo.start(100, FAMILIES)) {
            WorkflowStub amazonLinux = bake(bakery, "amazon-linux-2023.yaml");
            WorkflowStub ubuntu = bake(bakery, "ubuntu-24.04.yaml");

            assertBaked(bakery, amazonLinux.getResult(BakeReport.class));
            assertBaked(bakery, ubuntu.getResult(BakeReport.class));
            assertThat(bakery.ledger().leaked()).isEmpty();
            assertThat(bakery.ledger().buildersEverLaunched()).hasSize(2);
        }
    }

    private static void assertBaked(Demo bakery, BakeReport report) {
        assertThat(report.state()).isEqualTo(BakeState.COMPLETED);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.steps()).extracting(StepReport::step).containsExactly(BakeStep.values());
        assertThat(report.steps()).extracting(StepReport::state).containsOnly(StepState.COMPLETED);
        assertThat(report.deleted()).extracting(ImageVerdict::name).containsExactly(report.recipe() + "-60-days-ago");
        assertThat(bakery.ledger().imagesDeleted())
                .extracting(LedgerEntry::id)
                .doesNotContain(bakery.imagesInUse().get(report.recipe()));
    }

    private static WorkflowStub bake(Demo bakery, String recipe) {
        JsonNode input =
                new RecipeReader().read(Path.of("..", "recipes", recipe)).json();
        WorkflowStub bake = bakery.temporal()
                .client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id(input.get("name").asText(), "us-east-1"))
                                .build());
        bake.start(new BakeRequest(input));
        return bake;
    }
}
