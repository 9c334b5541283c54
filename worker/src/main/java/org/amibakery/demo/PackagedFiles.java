package org.amibakery.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of {@code infrastructure/} and {@code recipes/} that are packaged with the program. */
final class PackagedFiles {
    private PackagedFiles() {}

    /** Reads a packaged folder: contents by path relative to it, in order of the paths. */
    static SortedMap<String, byte[]> under(String folder) {
        URL url = Objects.requireNonNull(
                PackagedFiles.class.getResource("/" + folder), () -> folder + " is not packaged with the program");
        try {
            if (!(url.openConnection() instanceof JarURLConnection jar)) {
                return read(Path.of(url.toURI()));
            }
            // by path, so that readers at the same time each have a file system of their own
            try (FileSystem files =
                    FileSystems.newFileSystem(Path.of(jar.getJarFileURL().toURI()))) {
                return read(files.getPath("/" + folder));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The packaged folder %s cannot be read".formatted(folder), unreadable);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("The class loader answered with a broken address: " + url, impossible);
        }
    }

    private static SortedMap<String, byte[]> read(Path root) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return files;
    }
}
