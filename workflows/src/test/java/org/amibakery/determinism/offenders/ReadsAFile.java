package org.amibakery.determinism.offenders;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what may have changed by the time of a replay. */
public final class ReadsAFile {
    public String read(File folder) throws IOException {
        return Files.readString(Path.of(folder.getPath(), "recipe.yaml"));
    }
}
