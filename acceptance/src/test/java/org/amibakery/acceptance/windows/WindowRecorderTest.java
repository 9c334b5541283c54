package org.amibakery.acceptance.windows;

import static org.amibakery.acceptance.windows.WindowHouse.file;
import static org.amibakery.acceptance.windows.WindowHouse.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.amibakery.acceptance.events.Recording;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.temporal.TemporalConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records a release's histories of windows, retention and the reaper for {@code ReplayTest}, from a real Temporal server. It
 * is run by hand, once a release: see CONTRIBUTING.md.
 */
@EnabledIfSystemProperty(named = Recording.FOLDER, matches = ".+")
class WindowRecorderTest {
    @TempDir
    private Path folder;

    private WindowHouse house;
    private TemporalConnection temporal;

    @BeforeEach
    void open() throws InterruptedException {
        house = WindowHouse.open();
        temporal = TemporalConnection.open(
                Map.of("TEMPORAL_ADDRESS", house.temporal().address()));
    }

    @AfterEach
    void close() {
        temporal.close();
        house.close();
    }

    @Test
    void records_a_window_with_every_kind_of_end_and_one_that_pauses() throws Exception {
        apply("weekly", "atEnd: finish\npauseAfterFailures: 1\n");

        JsonNode first = trigger("weekly").endedWith(3).json();

        assertThat(first.path("recipes").findValuesAsText("state")).containsExactly("baked", "failed");
        record("window-baked-and-paused", lastRun("weekly"));
        trigger("weekly").endedWith(3);
        record("window-unchanged", lastRun("weekly"));
    }

    @Test
    void records_a_window_that_is_canceled() throws Exception {
        apply("canceled", "atEnd: finish\n");
        String window = house.json("schedule", "trigger", "canceled")
                .endedWith(0)
                .json()
                .path("workflowId")
                .asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !house.simulator().ledger().buildersEverLaunched().isEmpty());

        house.temporal().cli("workflow", "cancel", "--workflow-id", window).succeeded();

        await().atMost(Duration.ofSeconds(60)).until(() -> hasEnded(window));
        record("window-canceled", window);
    }

    @Test
    void records_retention_and_the_reaper() throws Exception {
        SimulatedInstallation.hasBakedBefore(house.simulator(), "amazon-linux-2023-base");
        String recipe = Path.of("..", "recipes", "amazon-linux-2023.yaml").toString();

        house.bakery("retention", "plan", recipe).endedWith(0);
        record("retention-planned", "retention/amazon-linux-2023-base/us-east-1/plan");
        assertThat(house.json("retention", "run", recipe, "--yes")
                        .endedWith(0)
                        .json()
                        .at("/regions/0/deletedCount")
                        .asInt())
                .isEqualTo(1);
        record("retention-deleted", "retention/amazon-linux-2023-base/us-east-1");
        house.bakery("bake", recipe).endedWith(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !house.simulator().ledger().buildersEverLaunched().isEmpty());
        house.temporal()
                .cli("workflow", "terminate", "--workflow-id", "bake/amazon-linux-2023-base/us-east-1")
                .succeeded();
        assertThat(house.json("reaper", "run", "--yes", "--settle", "1s")
                        .endedWith(0)
                        .json()
                        .path("removed"))
                .isNotEmpty();
        record("reaper-removed", "reaper/ami-bakery");
    }

    private void apply(String name, String more) throws InterruptedException {
        file(folder, "good.yaml", sample("recipes", "amazon-linux-2023.yaml"));
        file(folder, "broken.yaml", sample("recipes", "ubuntu-24.04.yaml").replace("base.zip", "nothing.zip"));
        Path window = file(
                folder,
                "window.yaml",
                "name: %s\ncron: 0 4 * * *\nduration: 1h\n%srecipes: [good.yaml, broken.yaml]\n".formatted(name, more));
        house.bakery("schedule", "apply", window.toString()).endedWith(0);
    }

    private WindowHouse.Ran trigger(String window) throws InterruptedException {
        return house.json("schedule", "trigger", window, "--follow");
    }

    private String lastRun(String window) throws InterruptedException {
        return house.json("schedule", "show", window)
                .endedWith(0)
                .json()
                .at("/lastRuns/0/workflowId")
                .asText();
    }

    private boolean hasEnded(String workflowId) {
        return temporal.client()
                .newUntypedWorkflowStub(workflowId)
                .describe()
                .getStatus()
                .name()
                .endsWith("CANCELED");
    }

    private void record(String name, String workflowId) throws Exception {
        Recording.write(name, temporal.client().fetchHistory(workflowId));
    }
}
