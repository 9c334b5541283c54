package org.amibakery.lambdas.cleanup;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what became of several families.
 *
 * @param families the reports by family; one that time ran out for before it was begun is absent, and is asked for again
 */
public record CleanUpFamiliesReport(Map<String, CleanUpImagesReport> families) {
    public CleanUpFamiliesReport {
        families = families == null ? Map.of() : new LinkedHashMap<>(families);
    }
}
