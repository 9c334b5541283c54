package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.lambdas.orphans.CleanUpOrphansReport;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that Lambda is given. It exists once the module lambdas is packaged: before, this is skipped by hand only. */
class FunctionsJarTest {
    private static final Path JAR = Path.of("../lambdas/target/ami-bakery-functions.jar");

    /** Lambda takes 250 MB of code, unpacked (Lambda quotas). */
    private static final long MOST_BYTES = 250_000_000;

    private final Stack stack = Stack.standard();

    @TempDir
    Path folder;

    @BeforeEach
    void is_packaged() {
        if (System.getenv("CI") != null) {
            assertThat(JAR).exists();
        }
        assumeTrue(Files.exists(JAR), "The functions' jar is not made yet: run mvn verify to check it.");
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
            assertThat(jar.stream().mapToLong(ZipEntry::getSize).sum()).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void runs_the_handler_of_the_template_with_nothing_beside_it() throws Exception {
        String handler = stack.properties("CleanUpOrphans").get("Handler").asText();
        try (Simulator simulator = Simulator.start(SimulatorOptions.forTests())) {
            Process process = run(handler, simulator);
            process.getOutputStream()
                    .write(stack.properties("CleanUpOrphansRule")
                            .at("/Targets/0/Input")
                            .asText()
                            .getBytes(UTF_8));
            process.getOutputStream().close();
            byte[] answer = process.getInputStream().readAllBytes();

            assertThat(process.waitFor()).as(new String(answer, UTF_8)).isZero();
            CleanUpOrphansReport report = FunctionJson.readAnswer(answer, CleanUpOrphansReport.class);
            assertThat(report.mode()).isEqualTo(CleanUpMode.DELETE);
            assertThat(report.regionsOutOfReach()).isEmpty();
            assertThat(simulator.calls().count("DescribeSnapshots")).isGreaterThan(1);
        }
    }

    private Process run(String handler, Simulator simulator) throws IOException {
        Path main = folder.resolve("AsLambdaWould.java");
        try (InputStream source = FunctionsJarTest.class.getResourceAsStream("AsLambdaWould.java.txt")) {
            Files.copy(source, main);
        }
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JAR.toString(),
                main.toString(),
                handler);
        java.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
        java.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", simulator.endpoint().toString(),
                        "AWS_REGION", simulator.options().region(),
                        "AWS_ACCESS_KEY_ID", simulator.credentials().id(),
                        "AWS_SECRET_ACCESS_KEY", simulator.credentials().secret()));
        return java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
