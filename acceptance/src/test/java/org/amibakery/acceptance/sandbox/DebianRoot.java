package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The root of a Debian machine, as a builder's foundation image has it. It is made once in half a minute, kept with the
 * other tools under a name that follows from the script that makes it, and never written to again: each
 * {@link Machine} has a layer of its own above it.
 */
public final class DebianRoot {
    private static final Path SCRIPT = Path.of("src", "test", "sandbox", "debian-root.sh");
    private static final String ADVICE = "so nothing was run on a real Debian. It takes root, and the packages"
            + " mmdebstrap and systemd-container on a Debian system.";

    private final Path folder;

    private DebianRoot(Path folder) {
        this.folder = folder;
    }

    /** Finds or makes it; skips the tests where it cannot be had, but fails them in CI. */
    public static synchronized DebianRoot require() {
        for (String tool : List.of("mmdebstrap", "systemd-nspawn", "unshare", "nsenter")) {
            if (!isOnPath(tool)) {
                doWithout("There is no %s on the PATH, %s".formatted(tool, ADVICE));
            }
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            doWithout("These tests do not run as root, " + ADVICE);
        }
        DebianRoot root = new DebianRoot(tools().resolve("debian-root-" + digest()));
        root.makeUnlessThere();
        return root;
    }

    /** Its files. */
    Path files() {
        return folder.resolve("root");
    }

    /** An empty folder that every machine mounts its own layer at, since none sees another's mounts. */
    Path mountPoint() {
        return folder.resolve("machine");
    }

    private void makeUnlessThere() {
        try {
            Files.createDirectories(folder.getParent());
            Path guard = folder.resolveSibling("debian-root.lock");
            try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = channel.lock()) {
                if (alone.isValid() && !Files.exists(folder)) {
                    make();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void make() throws IOException {
        Path unfinished = Files.createTempDirectory(folder.getParent(), "debian-root-unfinished-");
        Files.createDirectory(unfinished.resolve("machine"));
        ScriptRun made = Commands.run(
                List.of("bash", SCRIPT.toString(), unfinished.resolve("root").toString()));
        if (made.exitCode() != 0) {
            Commands.run(List.of("rm", "-rf", "--one-file-system", unfinished.toString()));
            doWithout("The Debian root could not be made, %s It said:%n%s".formatted(ADVICE, made.output()));
        }
        Files.move(unfinished, folder);
    }

    private static void doWithout(String reason) {
        if (System.getenv("CI") != null) {
            fail(reason);
        }
        System.err.println("Skipped: " + reason); // the build's output does not show why a test was skipped
        abort(reason);
    }

    private static Path tools() {
        String named = System.getenv("BAKERY_TOOLS");
        return named == null ? Path.of(System.getProperty("user.home"), ".cache", "bakery-tools") : Path.of(named);
    }

    private static String digest() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(SCRIPT));
            return HexFormat.of().formatHex(sha256, 0, 6);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    }
}
