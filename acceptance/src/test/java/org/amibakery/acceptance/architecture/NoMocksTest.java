package org.amibakery.acceptance.architecture;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps mocking libraries out of every module: a fake keeps state and a simulator answers; a mock only nods. */
class NoMocksTest {
    private static final Path ROOT = Path.of("..");

    private static final Pattern MOCKING_LIBRARY =
            Pattern.compile("<artifactId>[^<]*(mockito|easymock|jmock|powermock|mockk|wiremock)[^<]*</artifactId>");

    @ParameterizedTest
    @MethodSource("poms")
    void no_module_asks_for_a_mocking_library(Path pom) throws IOException {
        assertThat(mockingLibraries(Files.readString(pom))).isEmpty();
    }

    @Test
    void every_module_is_looked_at() throws IOException {
        assertThat(poms()).hasSize(Folder.values().length + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mockito-core", "mockito-junit-jupiter", "easymock", "jmockit", "powermock-api-mockito2"})
    void a_mocking_library_is_caught(String artifact) {
        String pom = "<dependency><groupId>any</groupId><artifactId>" + artifact + "</artifactId></dependency>";

        assertThat(mockingLibraries(pom)).singleElement().asString().contains(artifact);
    }

    static Stream<Path> poms() throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 2, (file, about) -> file.endsWith("pom.xml"))) {
            return files.sorted().toList().stream();
        }
    }

    private static List<String> mockingLibraries(String pom) {
        return MOCKING_LIBRARY.matcher(pom).results().map(MatchResult::group).toList();
    }
}
