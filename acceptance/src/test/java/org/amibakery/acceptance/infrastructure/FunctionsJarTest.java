package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.lambdas.cleanup.DeletedImage;
import org.amibakery.lambdas.foundation.FoundationImageAnswer;
import org.amibakery.lambdas.orphans.CleanUpOrphansReport;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The file that Lambda is given, run as Lambda runs it. It exists once the module lambdas is packaged: before, this is
 * skipped by hand only.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class FunctionsJarTest {
    private static final Path JAR = Path.of("../lambdas/target/ami-bakery-functions.jar");

    /** Lambda takes 50 MB of zipped code that is uploaded in a call, and 250 MB unpacked (Lambda quotas). */
    private static final long MOST_ZIPPED = 50_000_000;

    private static final long MOST_UNPACKED = 250_000_000;

    private static final Duration ENOUGH = Duration.ofMinutes(4);
    private static final Duration HARDLY_ANY = Duration.ofSeconds(1);

    private final Stack stack = Stack.standard();
    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());

    @TempDir
    Path folder;

    @BeforeEach
    void is_packaged() {
        if (System.getenv("CI") != null) {
            assertThat(JAR).exists();
        }
        assumeTrue(Files.exists(JAR), "The functions' jar is not made yet: run mvn verify to check it.");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void holds_every_handler_and_nothing_of_temporal_or_the_worker() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(stack.ofType("AWS::Lambda::Function").values())
                    .extracting(function -> function.get("Handler").asText())
                    .isNotEmpty()
                    .allSatisfy(handler -> assertThat(names).contains(handler.replace('.', '/') + ".class"));
            assertThat(names)
                    .noneMatch(name -> name.startsWith("io/temporal/") || name.startsWith("io/grpc/"))
                    .filteredOn(name -> name.startsWith("org/amibakery/") && name.endsWith(".class"))
                    .allMatch(name -> name.startsWith("org/amibakery/lambdas/"));
            assertThat(names)
                    .filteredOn(name -> name.startsWith("software/amazon/awssdk/services/") && name.endsWith(".class"))
                    .allMatch(name -> name.startsWith("software/amazon/awssdk/services/ec2/"));
            assertThat(jar.stream().mapToLong(ZipEntry::getSize).sum()).isLessThan(MOST_UNPACKED);
            assertThat(Files.size(JAR)).isLessThan(MOST_ZIPPED);
        }
    }

    @Test
    void finds_a_foundation_image() throws Exception {
        String event = "{\"name\":\"al2023-ami-2023.*-x86_64\",\"owners\":[\"amazon\"],\"architecture\":\"x86_64\","
                + "\"region\":\"us-east-1\"}";

        Run run = run("FindFoundationImage", event, ENOUGH);

        FoundationImageAnswer image = run.answer(FoundationImageAnswer.class);
        assertThat(image.name()).startsWith("al2023-ami-2023.");
        assertThat(image.ownerAlias()).contains("amazon");
    }

    @Test
    void deletes_old_images_and_says_where_to_go_on_when_its_time_is_up() throws Exception {
        List.of(100, 90, 80, 1).forEach(this::hasBaked);
        String event = "{\"stack\":\"ami-bakery\",\"family\":\"web\",\"region\":\"us-east-1\",\"olderThan\":\"P30D\","
                + "\"keepAtLeast\":1,\"cap\":9,\"mode\":\"DELETE\"%s}";

        CleanUpImagesReport first = report(run("CleanUpImages", event.formatted(""), HARDLY_ANY));
        String next = ",\"continuation\":\"%s\"".formatted(first.continuation().orElseThrow());
        CleanUpImagesReport second = report(run("CleanUpImages", event.formatted(next), ENOUGH));

        assertThat(first.deleted()).extracting(DeletedImage::name).containsExactly("web-100");
        assertThat(second.deleted()).extracting(DeletedImage::name).containsExactly("web-90", "web-80");
        assertThat(second.continuation()).isEmpty();
    }

    @Test
    void cleans_up_orphans_as_the_rule_asks_it_to() throws Exception {
        String event =
                stack.properties("CleanUpOrphansRule").at("/Targets/0/Input").asText();

        Run run = run("CleanUpOrphans", event, ENOUGH);

        CleanUpOrphansReport report = run.answer(CleanUpOrphansReport.class);
        assertThat(report.mode()).isEqualTo(CleanUpMode.DELETE);
        assertThat(report.regionsOutOfReach()).isEmpty();
        assertThat(report.stoppedEarly()).isEmpty();
        assertThat(simulator.calls().count("DescribeSnapshots")).isGreaterThan(1);
        assertThat(run.log()).endsWith(run.answer() + "\n");
    }

    private static CleanUpImagesReport report(Run run) {
        return run.answer(CleanUpImagesReport.class);
    }

    private void hasBaked(int daysAgo) {
        simulator
                .ec2()
                .ownsImage(
                        "web-" + daysAgo,
                        Instant.now().minus(Duration.ofDays(daysAgo)).truncatedTo(ChronoUnit.SECONDS),
                        Map.of(
                                "ami-bakery:stack",
                                "ami-bakery",
                                "ami-bakery:recipe",
                                "web",
                                "ami-bakery:state",
                                "good"));
    }

    /** What a function answered and logged. */
    private record Run(String answer, String log) {
        <T> T answer(Class<T> type) {
            return FunctionJson.readAnswer(answer.getBytes(UTF_8), type);
        }
    }

    private Run run(String function, String event, Duration left) throws Exception {
        Path log = folder.resolve("log");
        Process process = process(stack.properties(function).get("Handler").asText(), left)
                .redirectError(log.toFile())
                .start();
        process.getOutputStream().write(event.getBytes(UTF_8));
        process.getOutputStream().close();
        byte[] answer = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return new Run(new String(answer, UTF_8), Files.readString(log));
    }

    private ProcessBuilder process(String handler, Duration left) throws IOException {
        Path main = folder.resolve("AsLambdaWould.java");
        try (InputStream source = FunctionsJarTest.class.getResourceAsStream("AsLambdaWould.java.txt")) {
            Files.write(main, source.readAllBytes());
        }
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JAR.toString(),
                main.toString(),
                handler,
                Long.toString(left.toMillis()));
        java.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
        java.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", simulator.endpoint().toString(),
                        "AWS_REGION", simulator.options().region(),
                        "AWS_ACCESS_KEY_ID", simulator.credentials().id(),
                        "AWS_SECRET_ACCESS_KEY", simulator.credentials().secret()));
        return java;
    }
}
