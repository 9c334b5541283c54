package org.amibakery.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/security.md to the tests it names, so that no row loses its tests unnoticed. */
class SecurityRowsTest {
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** The risks of the design, in its order; a row may be told in other words, but none may be left out. */
    private static final List<String> RISKS = List.of(
            "worker's role too wide",
            "builder reads what it should not",
            "metadata theft",
            "inbound access",
            "unencrypted disks",
            "public image",
            "name confusion",
            "command injection",
            "secrets in history",
            "Temporal's access",
            "tampered playbook",
            "residue in the image",
            "supply chain");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void every_test_that_a_row_names_exists(String row) throws IOException {
        List<MatchResult> named = NAMED_TEST.matcher(row).results().toList();

        assertThat(named).isNotEmpty();
        for (MatchResult test : named) {
            Pattern declared = Pattern.compile(
                    "(?s)@(Test|ParameterizedTest)\\b(?:(?!\\bvoid\\b).)*\\bvoid %s\\(".formatted(test.group(2)));
            assertThat(sources("/" + test.group(1) + ".java")).as(test.group()).anySatisfy(source -> assertThat(
                            declared.matcher(Files.readString(source)).find())
                    .isTrue());
        }
    }

    @Test
    void every_risk_of_the_design_has_its_row() throws IOException {
        assertThat(rows()).extracting(row -> row.split("\\|", -1)[1].strip()).containsExactlyElementsOf(RISKS);
    }

    static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "security.md")).stream()
                .dropWhile(line -> !line.startsWith("| risk |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .toList();
    }

    private static List<Path> sources(String fileName) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."), 20)) {
            return files.filter(file -> file.toString().endsWith(fileName))
                    .filter(file -> file.toString().contains("src/test/java"))
                    .toList();
        }
    }
}
