package org.amibakery.cli;

import java.util.Map;
import java.util.stream.Stream;

/** Tells who uses the command line, for memos and notes. */
final class User {
    private User() {}

    static String of(Map<String, String> environment) {
        return Stream.of("USER", "USERNAME")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("somebody");
    }
}
