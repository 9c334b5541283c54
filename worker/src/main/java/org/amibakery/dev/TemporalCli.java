package org.amibakery.dev;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Is Temporal's own command line on this machine.
 *
 * @param binary the program
 */
public record TemporalCli(Path binary) {
    /** The version that is installed here, and that the tests run against. */
    public static final String VERSION = "1.5.1";

    private static final String PROGRAM =
            File.separatorChar == '\\' ? "temporal.exe" : "temporal"; // Windows is the one with backslashes

    public TemporalCli {
        requireNonNull(binary, "binary");
    }

    /**
     * Finds it on the PATH, or else where {@link TemporalInstaller} puts it.
     *
     * @throws DevTrouble when it is at neither place; the message says how to get it
     */
    public static TemporalCli find(Map<String, String> environment) {
        Stream<Path> path = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, PROGRAM));
        Optional<Path> binary = Stream.concat(path, Stream.of(installed(environment)))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
        return new TemporalCli(binary.orElseThrow(() -> new DevTrouble(howToGetIt())));
    }

    /** Where the installer puts it: a folder of the user's cache that is named after the version. */
    public static Path installed(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return (cache.isEmpty() ? home.resolve(".cache") : Path.of(cache))
                .resolve(Path.of("ami-bakery", "temporal-" + VERSION, PROGRAM));
    }

    private static String howToGetIt() {
        return """
                There is no program "temporal" on the PATH, which brings the server and its Web UI. Get it, and try again:
                  brew install temporal                       macOS and Linux, with Homebrew
                  https://docs.temporal.io/cli                archives for Linux, macOS and Windows
                  go install github.com/temporalio/cli/cmd/temporal@v%1$s
                  bakery dev --install-temporal               fetches version %1$s and checks it, for this command alone
                Without Temporal's CLI, bakery demo shows the product in one process."""
                .formatted(VERSION);
    }
}
