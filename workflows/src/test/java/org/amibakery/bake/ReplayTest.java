package org.amibakery.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.EncodedValues;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.reaper.ReaperWorkflowImpl;
import org.amibakery.retention.RetentionWorkflowImpl;
import org.amibakery.window.MaintenanceWindowWorkflowImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays recorded histories against today's workflow code: bakes that run while a worker is replaced go on with the
 * new code. A history is recorded with {@code temporal workflow show --output json} and never changed.
 */
class ReplayTest {
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());

    @AfterEach
    void close() {
        temporal.close();
    }

    static List<Path> histories() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/histories"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays_what_was_recorded(Path history) {
        assertThatCode(() -> replay(
                        history,
                        BakeWorkflowImpl.class,
                        MaintenanceWindowWorkflowImpl.class,
                        RetentionWorkflowImpl.class,
                        ReaperWorkflowImpl.class))
                .doesNotThrowAnyException();
    }

    @Test
    void has_histories_to_replay() throws IOException {
        assertThat(histories()).hasSizeGreaterThanOrEqualTo(15);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void catches_a_workflow_that_does_something_else(Path history) {
        assertThatThrownBy(() -> replay(history, ChangedWorkflow.class))
                .hasMessageContaining("TMPRL1100"); // Temporal's rule of non-determinism
    }

    private void replay(Path history, Class<?>... workflows) throws Exception {
        Worker worker = temporal.newWorker("replay");
        worker.registerWorkflowImplementationTypes(workflows);
        WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(Files.readString(history)), worker);
    }

    /** Waits before it does anything else, whatever it stands in for: an incompatible change. */
    public static final class ChangedWorkflow implements DynamicWorkflow {
        @Override
        public Object execute(EncodedValues request) {
            Workflow.sleep(Duration.ofHours(1));
            return "";
        }
    }
}
