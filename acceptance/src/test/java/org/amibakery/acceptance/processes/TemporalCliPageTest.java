package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.acceptance.processes.DocumentedCommands.Block;
import org.amibakery.aws.AwsClients;
import org.amibakery.cli.Bakery;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of docs/temporal-cli.md as it stands there, in the page's order, by a shell in a folder with the
 * product's launcher and samples.
 */
@TestMethodOrder(OrderAnnotation.class)
class TemporalCliPageTest {
    private static final Path PAGE = Path.of("..", "docs", "temporal-cli.md");
    private static final int SPEED = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static TemporalDevServer temporal;
    private static Simulator simulator;
    private static AwsClients aws;
    private static RunningProcess worker;
    private static Map<String, String> environment;

    @BeforeAll
    static void all_runs() throws Exception {
        temporal = TemporalDevServer.require();
        simulator = Simulator.start(SimulatorOptions.forTests().withSpeed(SPEED));
        aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        environment = new HashMap<>(SimulatedInstallation.variables(simulator));
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("TEMPORAL_ADDRESS", temporal.address());
        worker = Product.worker(environment);
        environment.put("PATH", temporal.executable().getParent() + File.pathSeparator + System.getenv("PATH"));
        furnish();
    }

    @AfterAll
    static void all_ends() {
        Stream.of(worker, aws, simulator, temporal)
                .filter(started -> started != null)
                .forEach(TemporalCliPageTest::close);
    }

    @Test
    @Order(1)
    void every_command_of_the_page_does_what_the_page_says() throws Exception {
        for (Block block : DocumentedCommands.of(PAGE)) {
            if (block.shows().isEmpty()) {
                assertEnds(block);
            } else {
                await().atMost(PATIENCE).untilAsserted(() -> assertEnds(block));
            }
        }
    }

    @Test
    @Order(2)
    void no_workflow_task_is_stuck_and_nothing_but_what_was_terminated_is_left() throws Exception {
        CliAnswer running = temporal.cli(
                "workflow", "list", "--query", "ExecutionStatus = 'Running' AND WorkflowType = 'BakeWorkflow'");

        assertThat(running.succeeded().results()).doesNotContain("bake/");
        assertThat(worker.output()).doesNotContain("Workflow task processing failed");
    }

    private static void assertEnds(Block block) throws InterruptedException {
        try (RunningProcess shell = RunningProcess.start(
                "bash", environment, List.of("bash", "-euc", "cd '%s'\n%s".formatted(folder, block.commands())))) {
            int exitCode = shell.exitCode(PATIENCE);
            assertThat(exitCode).as("%s%n%s", block, shell.output()).isEqualTo(block.exitCode());
            assertThat(shell.output()).as(block.toString()).contains(block.shows());
        }
    }

    /** The launcher would build the product, which the test has as classes already. */
    private static void furnish() throws IOException {
        Path launcher = folder.resolve("bakery");
        Files.writeString(
                launcher,
                "#!/bin/sh%nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"%n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                Product.classPath(),
                                Bakery.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        for (String samples : List.of("recipes", "windows")) {
            Files.createSymbolicLink(
                    folder.resolve(samples), Path.of("..", samples).toRealPath());
        }
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
