package org.amibakery.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of {@code infrastructure/} and {@code recipes/} that are packaged with the program. */
public final class PackagedFiles {
    private static final String YAML = ".yaml";

    private PackagedFiles() {}

    /** Reads a packaged folder: contents by path relative to it, in order of the paths. */
    public static SortedMap<String, byte[]> under(String folder) {
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

    /** Reads the SSM documents: their text by name, such as {@code debian-scrub}; an installation's prefix comes before it. */
    public static SortedMap<String, String> documents() {
        SortedMap<String, String> documents = new TreeMap<>();
        under("infrastructure/documents").forEach((path, content) -> {
            if (path.endsWith(YAML)) {
                String name = path.substring(0, path.length() - YAML.length()).replace('/', '-');
                documents.put(name, new String(content, StandardCharsets.UTF_8));
            }
        });
        return documents;
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
