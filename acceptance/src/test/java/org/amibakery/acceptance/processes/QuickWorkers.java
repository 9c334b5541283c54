package org.amibakery.acceptance.processes;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Starts workers in half the time, for tests that need many: from an archive of their classes, which one worker leaves
 * behind. It takes classes from jars alone, so those in folders are packed first.
 */
public final class QuickWorkers {
    private final Map<String, String> environment;
    private final String classPath;
    private final Path archive;

    private QuickWorkers(Map<String, String> environment, String classPath, Path archive) {
        this.environment = environment;
        this.classPath = classPath;
        this.archive = archive;
    }

    /** Lets one worker start and end, and keeps its classes in this folder. */
    public static QuickWorkers prepare(Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        List<String> jars = new ArrayList<>();
        for (String entry : Product.classPath().split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            boolean packed = !Files.isDirectory(path);
            jars.add(
                    packed
                            ? entry
                            : jar(path, folder.resolve(jars.size() + ".jar")).toString());
        }
        QuickWorkers workers =
                new QuickWorkers(environment, String.join(File.pathSeparator, jars), folder.resolve("worker.jsa"));
        try (RunningProcess first = workers.start("-XX:ArchiveClassesAtExit=" + workers.archive, Map.of())) {
            first.awaitLine(Product.WORKER_READY);
            first.terminate();
        }
        return workers;
    }

    /** Starts a worker without waiting for it; it prints {@link Product#WORKER_READY} once it polls. */
    public RunningProcess start() {
        return start(Map.of());
    }

    /** Starts one with more variables, without waiting for it. */
    public RunningProcess start(Map<String, String> more) {
        return start("-XX:SharedArchiveFile=" + archive, more); // a JVM that cannot use it starts without
    }

    private RunningProcess start(String option, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(more);
        return Product.start(variables, List.of(option), classPath, "worker", "--health-port", "0");
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> content = Files.walk(classes)) {
            for (Path path : content.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }
}
