package org.amibakery.acceptance.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sts.Role;
import org.amibakery.simulator.wire.Call;
import org.amibakery.simulator.world.Timings;
import org.amibakery.temporal.TemporalConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * What gets into a worker as a secret comes out nowhere: not in histories, though bakes fail, not in logs at the level that
 * tells most, not in what is sent to AWS, which is where tags and user data come from.
 */
class CanarySecretTest {
    private static final String API_KEY = "canary-of-temporal-0a1b2c3d4e5f";
    private static final Region HOME = new Region("us-east-1");

    private static final Map<String, String> SECRETS = new LinkedHashMap<>();

    @TempDir
    private static Path folder;

    private static TemporalDevServer temporal;
    private static TlsFront front; // an API key is only said by TLS
    private static Simulator simulator;
    private static AwsClients aws;
    private static RunningProcess worker;
    private static RunningProcess
            sealing; // a worker with keys for payloads, which would hide what the first one betrays
    private static TemporalConnection connection;
    private static Map<String, String> environment;

    @BeforeAll
    static void a_worker_bakes_with_secrets_all_around() throws Exception {
        temporal = TemporalDevServer.require();
        front = TlsFront.of(temporal.address(), folder);
        simulator = Simulator.start(SimulatorOptions.forTests().withSpeed(20).withTimings(Timings.instant()));
        aws = SimulatedInstallation.clients(simulator);
        SimulatedInstallation.install(simulator, aws);
        environment = environment();
        worker = Product.start(environment, "worker", "--health-port", "0", "--log-level", "debug");
        worker.awaitLine(Product.WORKER_READY);
        connection = TemporalConnection.open(Map.of("TEMPORAL_ADDRESS", temporal.address()));

        assertThat(start("good", 0).getResult(BakeReport.class).state()).isEqualTo(BakeState.COMPLETED);
        WorkflowStub failing = start("bad", 1);
        assertThat(catchThrowable(() -> failing.getResult(BakeReport.class)))
                .isInstanceOf(WorkflowFailedException.class);
        worker.terminate();
        sealing = Product.start(withPayloadKeys(), "worker", "--health-port", "0", "--log-level", "debug");
        sealing.awaitLine(Product.WORKER_READY);
        WorkflowStub sealed = start("sealed", 1);
        assertThat(catchThrowable(() -> sealed.getResult(BakeReport.class)))
                .isInstanceOf(WorkflowException.class); // the client has no keys to read why
        sealing.terminate();
    }

    private static Map<String, String> withPayloadKeys() throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        String written = Base64.getEncoder().encodeToString(key);
        Map<String, String> more = new HashMap<>(environment);
        more.put(
                "BAKERY_PAYLOAD_KEYS",
                Files.writeString(folder.resolve("payload-keys.txt"), "first " + written + "\n")
                        .toString());
        SECRETS.put("BAKERY_PAYLOAD_KEYS", written);
        return more;
    }

    private static Map<String, String> environment() {
        String role = "arn:aws:iam::123456789012:role/worker";
        simulator.sts().add(Role.open(role));
        Credentials lent = aws.sts(HOME)
                .assumeRole(assume -> assume.roleArn(role).roleSessionName("worker"))
                .credentials();
        SECRETS.put("AWS_SECRET_ACCESS_KEY", lent.secretAccessKey());
        SECRETS.put("AWS_SESSION_TOKEN", lent.sessionToken());
        SECRETS.put("TEMPORAL_API_KEY", API_KEY);
        Map<String, String> environment = new HashMap<>(SimulatedInstallation.variables(simulator));
        environment.put("AWS_ACCESS_KEY_ID", lent.accessKeyId());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("TEMPORAL_ADDRESS", front.address());
        environment.put("TEMPORAL_TLS_SERVER_CA_CERT_PATH", front.certificate().toString());
        environment.putAll(SECRETS);
        environment.put("TEMPORAL_TLS_CLIENT_CERT_PATH", front.certificate().toString());
        environment.put("TEMPORAL_TLS_CLIENT_KEY_DATA", front.key());
        SECRETS.put(
                "TEMPORAL_TLS_CLIENT_KEY_DATA",
                front.key().lines().skip(1).findFirst().orElseThrow());
        return environment;
    }

    @AfterAll
    static void close() {
        List<AutoCloseable> started = new ArrayList<>();
        started.add(connection);
        started.add(worker);
        started.add(sealing);
        started.add(aws);
        started.add(simulator);
        started.add(front);
        started.add(temporal);
        started.removeIf(resource -> resource == null);
        started.forEach(CanarySecretTest::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    static List<String> secrets() {
        return List.copyOf(SECRETS.keySet());
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void is_in_no_history(String secret) {
        for (String family : List.of("good", "bad", "sealed")) {
            String history = history(family);

            assertThat(history).contains(family); // what was searched was the history, decoded
            assertThat(history).doesNotContain(SECRETS.get(secret)).doesNotContain(encoded(secret));
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void is_in_no_log(String secret) {
        assertThat(worker.output()).contains("bake/good/us-east-1", "bake/bad/us-east-1");
        assertThat(sealing.output()).contains("bake/sealed/us-east-1");
        assertThat(worker.output() + sealing.output())
                .doesNotContain(SECRETS.get(secret))
                .doesNotContain(encoded(secret));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void is_in_no_call_of_aws_and_so_in_no_tag(String secret) {
        String sent = simulator.calls().all().stream()
                .flatMap(call -> call.request().stream())
                .map(Object::toString)
                .collect(Collectors.joining("\n"));

        assertThat(sent).contains("ami-bakery:stack");
        assertThat(sent).doesNotContain(SECRETS.get(secret)).doesNotContain(encoded(secret));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void is_in_no_user_data(String secret) {
        List<String> userData = simulator.calls().of("RunInstances").stream()
                .map(Call::request)
                .map(request -> ((RunInstancesRequest) request.orElseThrow()).userData())
                .map(data -> new String(Base64.getDecoder().decode(data), UTF_8))
                .toList();

        assertThat(userData).hasSizeGreaterThan(1).allSatisfy(script -> assertThat(script)
                .doesNotContain(SECRETS.get(secret)));
    }

    @Test
    void every_secret_was_one() { // the control: with other ones the worker would have done nothing
        assertThat(SECRETS).hasSize(5).doesNotContainValue("");
        assertThat(history("bad")).contains("no such package");
        assertThat(history("sealed")).contains("binary/encrypted").doesNotContain("no such package");
        assertThat(simulator.calls().all())
                .filteredOn(call -> call.operation().equals("RunInstances"))
                .extracting(call -> call.scope().accessKeyId())
                .allMatch(id -> id.startsWith("ASIA"));
    }

    private static String encoded(String secret) {
        return Base64.getEncoder().encodeToString(SECRETS.get(secret).getBytes(UTF_8));
    }

    /** Every byte of it, payloads as they are: a secret in one of them would be found as well. */
    private static String history(String family) {
        WorkflowClient client = connection.client();
        byte[] history = client.fetchHistory(BakeWorkflow.id(family, HOME.name()))
                .getHistory()
                .toByteArray();
        return new String(history, ISO_8859_1);
    }

    private static WorkflowStub start(String family, int exitCode) {
        if (exitCode != 0) {
            simulator.ssm().nextCommandOf("install-packages").failsWith(exitCode, "", "no such package");
        }
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        recipe.put("name", family);
        WorkflowStub bake = connection
                .client()
                .newUntypedWorkflowStub(
                        "BakeWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(BakeWorkflow.TASK_QUEUE)
                                .setWorkflowId(BakeWorkflow.id(family, HOME.name()))
                                .build());
        bake.start(new BakeRequest(recipe));
        return bake;
    }
}
