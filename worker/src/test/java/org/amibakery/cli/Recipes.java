package org.amibakery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes recipe files, valid by default. */
record Recipes(Path folder) {
    private static final String VALID =
            """
            name: web
            region: us-east-1
            system: amazon-linux
            foundation: {name: "al2023-ami-2023.*-x86_64", owners: [amazon]}
            builder: {instanceTypes: [t3.medium]}
            """;

    /** A valid recipe of this family. */
    String named(String family) {
        return file(family + ".yaml", VALID.replace("name: web", "name: " + family));
    }

    /** A valid recipe without a region. */
    String withoutRegion() {
        return file("anywhere.yaml", VALID.replace("region: us-east-1\n", ""));
    }

    /** A valid recipe with a line replaced. */
    String with(String line, String replacement) {
        return file("changed.yaml", VALID.replace(line, replacement));
    }

    /** A window of one recipe, whose times are in this zone. */
    String windowIn(String timeZone) {
        return file(
                "window.yaml",
                "name: nightly\ncron: 30 2 * * *\ntimeZone: %s\nduration: 1h\nrecipes: [\"%s\"]\n"
                        .formatted(timeZone, Path.of(named("web")).getFileName()));
    }

    private String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
