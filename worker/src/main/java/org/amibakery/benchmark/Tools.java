package org.amibakery.benchmark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs of others that a benchmark runs: on the PATH, in $BAKERY_TOOLS, in ~/.cache/bakery-tools. */
final class Tools {
    private final Map<String, String> environment;

    Tools(Map<String, String> environment) {
        this.environment = environment;
    }

    Optional<Path> find(String program) {
        Stream<Path> path = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
        Stream<Path> tools = Stream.ofNullable(environment.get("BAKERY_TOOLS")).map(Path::of);
        Stream<Path> cache =
                Stream.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".cache", "bakery-tools"));
        return Stream.of(path, tools, cache)
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
