package org.amibakery.acceptance.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the script that installs needs: the aws CLI, and the functions' jar, which the module lambdas leaves when packaged. */
final class InstallTools {
    private static final Path JAR = Path.of("../lambdas/target/ami-bakery-functions.jar");

    private InstallTools() {}

    /** Skips the test where something is missing, but fails it in CI. */
    static void require() {
        List<String> missing = new ArrayList<>();
        if (!isOnThePath("aws")) {
            missing.add("the aws CLI (python3 -m pip install awscli)");
        }
        if (!Files.exists(JAR)) {
            missing.add("the functions' jar (mvn verify)");
        }
        String what = "Nothing shows that infrastructure/deploy works without " + String.join(" and ", missing) + ".";
        if (System.getenv("CI") != null) {
            assertThat(missing).as(what).isEmpty();
        }
        if (!missing.isEmpty()) {
            System.err.println("Skipped: " + what); // the build's output does not show why a test was skipped
        }
        assumeTrue(missing.isEmpty(), what);
    }

    private static boolean isOnThePath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
