package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** However the simulator ends, it leaves no machine, no mount and no control group. */
@OnRealMachines
class SandboxEndsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Pattern MACHINE = Pattern.compile("--machine=(bakery-[0-9a-f]+)-");

    /** How the process ends. */
    enum End {
        TOLD,
        KILLED
    }

    @BeforeEach
    void have_a_debian() {
        RealDebian.require();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void nothing_is_left_of_a_simulator_that_was(End end) throws Exception {
        try (RunningProcess simulator = Product.start(
                Map.of(),
                "simulator",
                "--port",
                "0",
                "--speed",
                "60",
                "--builders=sandbox",
                RealDebian.folder().toString())) {
            simulator.awaitLine("export AWS_DEFAULT_REGION=");
            launchBuilder(Product.variables(simulator));
            String name = await().atMost(LONG).until(() -> machineOf(simulator), found -> !found.isEmpty());
            Path run = RealDebian.folder().resolve(name.replace("bakery-", "run-"));
            assertThat(run).isDirectory();

            switch (end) {
                case TOLD -> simulator.terminate();
                case KILLED -> simulator.kill();
            }

            await().atMost(LONG).until(() -> Remains.of(name).isEmpty());
            if (end == End.KILLED) {
                Sandbox.open(RealDebian.folder()).close(); // the next one sweeps
            }
            assertThat(run).doesNotExist();
        }
    }

    private static void launchBuilder(Map<String, String> variables) {
        try (AwsClients clients = AwsClients.at(new AwsEndpoint(
                URI.create(variables.get("AWS_ENDPOINT_URL")),
                variables.get("AWS_ACCESS_KEY_ID"),
                variables.get("AWS_SECRET_ACCESS_KEY")))) {
            Ec2Client ec2 = clients.ec2(new Region("us-east-1"));
            String image = ec2.describeImages(it -> it.owners("136693071363")
                            .filters(filter("name", "debian-12-amd64-*"), filter("state", "available")))
                    .images()
                    .get(0)
                    .imageId();
            ec2.runInstances(it ->
                    it.imageId(image).instanceType("t3.medium").minCount(1).maxCount(1));
        }
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    /** The name of its run, as the container's command line has it; empty before there is one. */
    private static String machineOf(RunningProcess simulator) {
        return ProcessHandle.of(simulator.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .flatMap(process -> process.info().commandLine().stream())
                .flatMap(line -> MACHINE.matcher(line).results())
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
