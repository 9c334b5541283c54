package org.amibakery.acceptance.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this computer still has of machines whose names begin so. */
final class Remains {
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

    private Remains() {}

    /** Lists processes by their command lines, mounts of this process's view, control groups and folders. */
    static List<String> of(String name) {
        List<String> found = new ArrayList<>();
        ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(name) && !line.startsWith("java") && !line.contains("/bin/java"))
                .forEach(found::add);
        found.addAll(linesWith(name, Path.of("/proc/self/mountinfo")));
        found.addAll(namesWith(name, CONTROL_GROUPS, 3));
        found.addAll(namesWith(name, RealDebian.folder(), 2));
        return found;
    }

    private static List<String> linesWith(String name, Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(name)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> namesWith(String name, Path folder, int depth) {
        try (Stream<Path> files = Files.find(folder, depth, (file, attributes) -> file.getFileName()
                .toString()
                .startsWith(name))) {
            return files.map(Path::toString).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
