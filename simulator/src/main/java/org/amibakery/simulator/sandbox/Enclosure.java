package org.amibakery.simulator.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mounted root, and processes, that exist only as long as this object, or this process, however either ends: both are held
 * by namespaces, and these by a process that ends with its input. It then removes the control groups and the folder too.
 */
final class Enclosure implements AutoCloseable {
    /**
     * Containers of one control group would share their units' groups, and wait for each other's processes when they stop one.
     * Volatile, because a disk that nobody keeps after a crash need not be synced; with redirects, because folders of a lower
     * layer can be renamed as on any disk.
     */
    private static final String HOLD =
            """
            folder=$1 lower=$2 name=$3 groups=
            while IFS=: read -r _ kind path; do
              case $kind in
                '') mount=/sys/fs/cgroup && [ ! -d $mount/unified ] || mount=$mount/unified ;;
                name=systemd) mount=/sys/fs/cgroup/systemd ;;
                *) continue ;;
              esac
              mkdir "$mount${path%/}/$name" 2>/dev/null && groups="$groups $mount${path%/}/$name"
            done </proc/self/cgroup
            chmod 755 "$folder/changes"
            unshare --mount --pid --fork --kill-child --mount-proc sh -c '
              mount -t tmpfs tmpfs /run &&
              mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/changes,workdir=$1/work,redirect_dir=on,volatile" "$1/root" &&
              echo "ready$3" && exec cat' hold "$folder" "$lower" "$groups"
            for group in $groups; do
              find "$group" -depth -type d -exec rmdir {} +
            done
            rm -rf --one-file-system "$folder"
            """;

    private static final String ENTER_GROUPS =
            "for group in $1; do echo $$ >\"$group/cgroup.procs\"; done; shift; exec \"$@\"";

    private final Path folder;
    private final String name;
    private final Process holder;
    private final String controlGroups;
    private final long inside;

    private Enclosure(Path folder, String name, Process holder, String controlGroups) {
        this.folder = folder;
        this.name = name;
        this.holder = holder;
        this.controlGroups = controlGroups;
        // the shell's child is unshare, and its child the first process inside
        this.inside = holder.descendants()
                .filter(process -> process.parent()
                        .flatMap(ProcessHandle::parent)
                        .map(grandparent -> grandparent.pid() == holder.pid())
                        .orElse(false))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Mounts a disk with a fresh layer in this folder, which must not be there yet. */
    static Enclosure over(Disk disk, Path folder, String name) {
        try {
            Files.createDirectories(folder);
            for (String part : List.of("changes", "work", "root")) {
                Files.createDirectory(folder.resolve(part));
            }
            Process holder = new ProcessBuilder("sh", "-c", HOLD, "hold", folder.toString(), disk.lowerdir(), name)
                    .redirectErrorStream(true)
                    .start();
            String said = String.valueOf(holder.inputReader(UTF_8).readLine());
            if (!said.startsWith("ready")) {
                holder.getOutputStream().close();
                throw SandboxUnavailable.because("no layer could be mounted over %s (%s)".formatted(disk, said));
            }
            return new Enclosure(
                    folder, name, holder, said.substring("ready".length()).strip());
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** The root as processes of the enclosure name it. */
    Path root() {
        return folder.resolve("root");
    }

    /** The root as this process can read and write it. */
    Path rootFromOutside() {
        return Path.of("/proc", Long.toString(inside), "root")
                .resolve(Path.of("/").relativize(root()));
    }

    /** What differs from the disk, deletions included, in overlayfs's own way of writing. */
    Path changes() {
        return folder.resolve("changes");
    }

    /** A name that no other enclosure of this computer has. */
    String name() {
        return name;
    }

    /** The command line that runs a command inside. */
    List<String> entering(List<String> command) {
        List<String> entering = new ArrayList<>(List.of("sh", "-c", ENTER_GROUPS, "enter", controlGroups));
        entering.addAll(List.of("nsenter", "--target", Long.toString(inside), "--mount", "--pid"));
        entering.addAll(command);
        return entering;
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
        } catch (IOException alreadyEnded) {
            holder.destroy(); // nothing reads its input any more
        }
        holder.onExit().join();
    }
}
