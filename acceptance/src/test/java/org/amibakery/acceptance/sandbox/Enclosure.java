package org.amibakery.acceptance.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Mounts and processes that exist only as long as this object, or the test's own process, however either ends: both are
 * held by namespaces, and these by a process that ends with its input. A machine's layer is in memory.
 */
final class Enclosure implements AutoCloseable {
    private static final String HOLD =
            """
            mount -t tmpfs tmpfs "$2" && mkdir "$2/changes" "$2/work" "$2/root" "$2/seed" &&
            mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/changes,workdir=$2/work" "$2/root" &&
            echo ready && exec cat
            """;

    private final Path mountPoint;
    private final Process holder;
    private final long inside;

    private Enclosure(Path mountPoint, Process holder, long inside) {
        this.mountPoint = mountPoint;
        this.holder = holder;
        this.inside = inside;
    }

    /** Lays a fresh layer over the root. */
    static Enclosure over(DebianRoot root) {
        List<String> command = List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                HOLD,
                "hold",
                root.files().toString(),
                root.mountPoint().toString());
        try {
            Process holder =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = holder.inputReader(UTF_8).readLine();
            if (!"ready".equals(said)) {
                throw new IllegalStateException("No layer could be laid over the Debian root: " + said);
            }
            long inside = holder.children().findFirst().orElseThrow().pid();
            return new Enclosure(root.mountPoint(), holder, inside);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** The machine's root as processes of the enclosure name it. */
    Path root() {
        return mountPoint.resolve("root");
    }

    /** A folder beside the root, as processes of the enclosure name it. */
    Path seed() {
        return mountPoint.resolve("seed");
    }

    /** That folder as this process can write it. */
    Path seedFromOutside() {
        return fromOutside("seed");
    }

    /** The machine's root as this process can read and write it. */
    Path rootFromOutside() {
        return fromOutside("root");
    }

    /** What differs from the Debian root, deletions included. */
    Path changesFromOutside() {
        return fromOutside("changes");
    }

    /** A name that no other enclosure has. */
    String name() {
        return "ami-bakery-" + inside;
    }

    /** The command line that runs a command inside. */
    List<String> entering(List<String> command) {
        List<String> entering = new ArrayList<>(List.of("nsenter", "--target", Long.toString(inside), "-m", "-p"));
        entering.addAll(command);
        return entering;
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        }
        holder.onExit().join();
    }

    private Path fromOutside(String folder) {
        Path mounted = Path.of("/proc", Long.toString(inside), "root");
        return mounted.resolve(Path.of("/").relativize(mountPoint.toAbsolutePath()))
                .resolve(folder);
    }
}
