package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/faults.md to the tests it names, so that no row loses its test unnoticed. */
class FaultRowsTest {
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_row_names_a_test_that_exists(String row) throws IOException {
        Matcher named = NAMED_TEST.matcher(row);

        assertThat(named.find()).isTrue();
        Pattern test = Pattern.compile("@(Test|ParameterizedTest)[^;]*\\bvoid %s\\(".formatted(named.group(2)));
        assertThat(sources("/" + named.group(1) + ".java")).anySatisfy(source -> assertThat(
                        test.matcher(Files.readString(source)).find())
                .isTrue());
    }

    static List<String> rows() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "faults.md")).stream()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
        assertThat(rows).hasSizeGreaterThan(50);
        return rows;
    }

    private static List<Path> sources(String fileName) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."), 20)) {
            return files.filter(file -> file.toString().endsWith(fileName))
                    .filter(file -> file.toString().contains("src/test/java"))
                    .toList();
        }
    }
}
