package org.amibakery.acceptance.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.acceptance.webui.Browser;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.codec.PayloadKeys;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.world.Timings;
import org.amibakery.temporal.TemporalConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Where there are payload keys, whoever reads Temporal's database reads neither recipes nor what bakes came to, failures
 * included; whoever has the keys reads all of it, in the product's commands, in Temporal's CLI and in the Web UI.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class EncryptedBakesTest {
    private static final String CANARY = "canary-of-a-recipe-4f5e6d";
    private static final String COMPLAINT = "no package canary-of-a-failure";
    private static final Region HOME = new Region("us-east-1");
    private static final String OLDER = line("2026-10");
    private static final String NEWER = line("2026-11");

    @TempDir
    private static Path folder;

    private static TemporalDevServer temporal;
    private static Simulator simulator;
    private static AwsClients aws;
    private static String endpoint;
    private static RunningProcess worker;
    private static Map<String, String> withOlder;
    private static Map<String, String> withBoth;
    private static Map<String, String> withNone;
    private static final List<AutoCloseable> STARTED = new ArrayList<>();

    @BeforeAll
    static void a_worker_with_keys_bakes() throws Exception {
        int codecPort = TemporalDevServer.freePort();
        temporal = started(TemporalDevServer.requireWithUi("--ui-codec-endpoint", "http://127.0.0.1:" + codecPort));
        simulator = started(Simulator.start(SimulatorOptions.forTests().withTimings(Timings.instant())));
        aws = started(SimulatedInstallation.clients(simulator));
        SimulatedInstallation.install(simulator, aws);
        withNone = new HashMap<>(SimulatedInstallation.variables(simulator));
        withNone.put("TEMPORAL_ADDRESS", temporal.address());
        withOlder = with(OLDER);
        withBoth = with(NEWER, OLDER);
        RunningProcess codec = started(
                Product.start(withBoth, "codec", "--port", Integer.toString(codecPort), "--origin", temporal.ui()));
        endpoint = codec.awaitLine("http://127.0.0.1:" + codecPort);
        worker = Product.worker(withBoth);

        assertThat(result(start("good", withBoth), withBoth).state()).isEqualTo(BakeState.COMPLETED);
        simulator.ssm().nextCommandOf("install-packages").failsWith(1, "", COMPLAINT);
        String bad = start("bad", withBoth);
        assertThatThrownBy(() -> result(bad, withBoth)).isInstanceOf(WorkflowFailedException.class);
    }

    @AfterAll
    static void close() throws Exception {
        if (worker != null) {
            worker.close();
        }
        for (int last = STARTED.size() - 1; last >= 0; last--) {
            STARTED.get(last).close();
        }
    }

    @Test
    void whoever_reads_the_database_reads_neither_recipes_nor_failures() {
        for (String family : List.of("good", "bad")) {
            assertThat(history(family))
                    .contains("binary/encrypted", "2026-11") // it was a history, and encrypted
                    .doesNotContain("canary", "ScriptFailed", "install-packages", "COMPLETED");
        }
    }

    @Test
    void without_keys_the_same_search_finds_them() throws Exception { // the control
        worker.terminate();
        worker = Product.worker(withNone);

        result(start("clear", withNone), withNone);

        assertThat(history("clear")).contains(CANARY, "install-packages", "COMPLETED");
        worker.terminate();
        worker = Product.worker(withBoth);
    }

    @Test
    void the_temporal_cli_reads_them_by_the_codec() throws Exception {
        String id = BakeWorkflow.id("bad", HOME.name());

        assertThat(payloads("workflow", "show", "--workflow-id", id))
                .isNotEmpty()
                .noneSatisfy(payload -> assertThat(payload).contains("canary"));
        assertThat(payloads("workflow", "show", "--workflow-id", id, "--codec-endpoint", endpoint))
                .anySatisfy(recipe -> assertThat(recipe).contains(CANARY))
                .anySatisfy(failure -> assertThat(failure).contains(COMPLAINT));
    }

    @Test
    void the_products_own_commands_read_them_with_the_keys_and_say_what_is_missing_without() throws Exception {
        try (RunningProcess status = Product.start(withBoth, "status", BakeWorkflow.id("bad", HOME.name()))) {
            status.exitCode();
            assertThat(status.output()).contains(COMPLAINT);
        }
        try (RunningProcess status = Product.start(withNone, "status", BakeWorkflow.id("bad", HOME.name()))) {
            assertThat(status.exitCode()).isNotZero();
            assertThat(status.output())
                    .contains("A payload is encrypted by the key 2026-11, and BAKERY_PAYLOAD_KEYS has no keys.")
                    .doesNotContain("canary", "\tat ");
        }
    }

    @Test
    void the_web_ui_reads_them_by_the_codec() throws Exception {
        try (Browser browser = Browser.require(folder)) {
            browser.open("%s/namespaces/default/workflows/%s"
                    .formatted(
                            temporal.ui(), BakeWorkflow.id("bad", HOME.name()).replace("/", "%2F")));
            browser.awaitText(COMPLAINT);
        }
    }

    @Test
    void a_key_is_rotated_while_a_bake_waits() throws Exception {
        worker.terminate();
        String id = start("rotated", withOlder); // nobody takes it before the key is a newer one
        worker = Product.worker(withBoth);

        assertThat(result(id, withBoth).state()).isEqualTo(BakeState.COMPLETED);
        assertThat(history("rotated")).contains("2026-10", "2026-11").doesNotContain("canary");
    }

    @Test
    void a_worker_without_the_key_says_so_and_leaves_the_bake_to_one_that_has_it() throws Exception {
        worker.terminate();
        String id = start("waiting", withBoth);
        try (RunningProcess poor = Product.worker(withOlder)) {
            poor.awaitLine("A payload is encrypted by the key 2026-11, and BAKERY_PAYLOAD_KEYS has 2026-10.");
        }
        worker = Product.worker(withBoth);

        assertThat(result(id, withBoth).state()).isEqualTo(BakeState.COMPLETED);
    }

    private static String start(String family, Map<String, String> environment) {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        recipe.put("name", family);
        ((ObjectNode) recipe.at("/image/tags")).put("team", CANARY);
        String id = BakeWorkflow.id(family, HOME.name());
        try (TemporalConnection connection = TemporalConnection.open(environment)) {
            WorkflowStub bake = connection
                    .client()
                    .newUntypedWorkflowStub(
                            "BakeWorkflow",
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                    .setWorkflowId(id)
                                    .build());
            bake.start(new BakeRequest(recipe));
        }
        return id;
    }

    private static BakeReport result(String id, Map<String, String> environment) {
        try (TemporalConnection connection = TemporalConnection.open(environment)) {
            return connection.client().newUntypedWorkflowStub(id).getResult(BakeReport.class);
        }
    }

    /** Every byte of it, payloads as they are. */
    private static String history(String family) {
        try (TemporalConnection connection = TemporalConnection.open(withNone)) {
            byte[] history = connection
                    .client()
                    .fetchHistory(BakeWorkflow.id(family, HOME.name()))
                    .getHistory()
                    .toByteArray();
            return new String(history, ISO_8859_1);
        }
    }

    private static List<String> payloads(String... command) throws InterruptedException {
        return temporal.cli(command).succeeded().json().findValuesAsText("data").stream()
                .map(data -> new String(Base64.getDecoder().decode(data), ISO_8859_1))
                .toList();
    }

    private static Map<String, String> with(String... lines) throws Exception {
        Path file = Files.write(Files.createTempFile(folder, "payload-keys", ".txt"), List.of(lines));
        Map<String, String> environment = new HashMap<>(withNone);
        environment.put(PayloadKeys.VARIABLE, file.toString());
        return environment;
    }

    private static String line(String id) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return id + " " + Base64.getEncoder().encodeToString(key);
    }

    private static <T extends AutoCloseable> T started(T resource) {
        STARTED.add(resource);
        return resource;
    }
}
