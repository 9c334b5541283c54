package org.amibakery.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names an SSM document to run, and what with.
 *
 * @param label what a person calls it, such as {@code update packages}
 * @param limit bounds its running time on the builder
 */
public record PlannedCommand(String label, String document, Map<String, String> parameters, Duration limit) {
    public PlannedCommand {
        requireNonNull(label, "label");
        requireNonNull(document, "document");
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        requireNonNull(limit, "limit");
    }
}
