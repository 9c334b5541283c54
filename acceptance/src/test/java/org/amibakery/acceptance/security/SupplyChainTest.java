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

/** What is built today is built of the same tomorrow. */
class SupplyChainTest {
    private static final Pattern VERSION = Pattern.compile("<([a-z.]*version)>([^<]+)</");
    private static final Pattern FIXED = Pattern.compile("\\$\\{[a-z0-9.]+}|\\d[\\w.-]*");

    /** A range says what may build, not what is built of. */
    private static final List<String> RANGES = List.of("[17,)", "[3.8,)");

    @Test
    void every_version_is_fixed() throws IOException {
        for (Path pom : poms()) {
            List<String> versions = VERSION.matcher(Files.readString(pom))
                    .results()
                    .map(found -> found.group(2))
                    .filter(version -> !RANGES.contains(version))
                    .toList();

            assertThat(versions).as(pom.toString()).isNotEmpty().allMatch(version -> FIXED.matcher(version)
                    .matches());
            assertThat(versions)
                    .noneMatch(version -> version.endsWith("-SNAPSHOT") && !version.equals("0.1.0-SNAPSHOT"));
        }
    }

    @Test
    void tools_that_tests_fetch_have_fixed_versions_too() throws IOException {
        String iam = Files.readString(Path.of("src/test/iam/package.json"));
        List<String> versions = Pattern.compile("\"@[^\"]+\": \"([^\"]+)\"")
                .matcher(iam)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(versions).hasSize(4).allMatch(version -> version.matches("\\d+\\.\\d+\\.\\d+"));
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".."))) {
            List<Path> poms = Stream.concat(Stream.of(Path.of("..")), files)
                    .map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();
            assertThat(poms).hasSize(7);
            return poms;
        }
    }
}
