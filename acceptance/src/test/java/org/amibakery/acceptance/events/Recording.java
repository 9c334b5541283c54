package org.amibakery.acceptance.events;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps histories for {@code ReplayTest} in the folder that the system property {@value #FOLDER} names, without the names of
 * machines and processes.
 */
public final class Recording {
    /** Names the folder, and asks for a recording. */
    public static final String FOLDER = "bakery.record";

    private Recording() {}

    static String of(WorkflowExecutionHistory history) {
        return history.toJson(true)
                .replaceAll("\"identity\": \"[^\"]*\"", "\"identity\": \"worker\"")
                .replaceAll("\"[0-9]+@[^\":]+:[0-9a-f-]+\"", "\"worker\"");
    }

    /** Writes a history under a name of its own. */
    public static void write(String name, WorkflowExecutionHistory history) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
        Files.writeString(folder.resolve(name + ".json"), of(history) + "\n");
    }
}
