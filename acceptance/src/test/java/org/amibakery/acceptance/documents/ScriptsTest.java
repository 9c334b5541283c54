package org.amibakery.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lints what runs on a builder. Needs bash and ShellCheck: without them it is skipped by hand, and fails in CI. */
class ScriptsTest {
    private static final Path USER_DATA = CommandDocument.INFRASTRUCTURE.resolve("builder/user-data.sh");

    @TempDir
    Path folder;

    /** A script under the name by which a failure tells it. */
    record Script(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Script> scripts() {
        return Stream.concat(
                CommandDocument.all().stream().flatMap(ScriptsTest::scriptsOf),
                Stream.of(new Script("user-data.sh", CommandDocument.text(USER_DATA))));
    }

    private static Stream<Script> scriptsOf(CommandDocument document) {
        List<String> texts = document.scripts();
        return IntStream.range(0, texts.size())
                .mapToObj(step -> new Script(document.name() + ", step " + (step + 1), texts.get(step)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void bash_can_parse_every_script(Script script) throws Exception {
        needs("bash");

        assertThat(findings(script.text(), "bash", "-n")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void shellcheck_finds_nothing_in_any_script(Script script) throws Exception {
        needs("shellcheck");

        assertThat(findings(script.text(), "shellcheck", "--shell=bash")).isEmpty();
    }

    @Test
    void bash_finds_an_open_bracket() throws Exception {
        needs("bash");

        assertThat(findings("#!/bin/bash\nif true; then\n", "bash", "-n")).contains("syntax error");
    }

    @Test
    void shellcheck_finds_an_unquoted_parameter() throws Exception {
        needs("shellcheck");

        assertThat(findings("#!/bin/bash\nrm -rf $SSM_Path\n", "shellcheck", "--shell=bash"))
                .contains("SC2086");
    }

    @Test
    void user_data_has_one_quoted_placeholder_and_fits_into_a_launch() {
        String text = CommandDocument.text(USER_DATA);

        assertThat(text.split("@@", -1)).hasSize(3);
        assertThat(text.lines()).contains("AMI_BAKERY_EXPIRES='@@EXPIRES@@'");
        assertThat(text.length())
                .as("RunInstances, UserData: 16 KB before Base64")
                .isLessThan(16 * 1024);
    }

    private String findings(String script, String... command) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.sh"), script);
        Process process = new ProcessBuilder(Stream.concat(Stream.of(command), Stream.of(file.toString()))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static void needs(String tool) {
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (System.getenv("CI") != null) {
            assertThat(found).as("%s is on PATH; CI needs it", tool).isTrue();
        }
        String advice =
                "%s is not on PATH: the builder's scripts were not checked with it. Install %s to check them here."
                        .formatted(tool, tool);
        if (!found) {
            System.err.println("Skipped: " + advice); // the build's output does not show why a test was skipped
        }
        assumeTrue(found, advice);
    }
}
