package org.amibakery.lambdas.cleanup;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what became of several families.
 *
 * @param families the reports by family; absent are those that there was no time to begin, and one that failed after another
 *     was done: they are to be asked for by themselves
 */
public record CleanUpFamiliesReport(Map<String, CleanUpImagesReport> families) {
    public CleanUpFamiliesReport {
        families = families == null ? Map.of() : new LinkedHashMap<>(families);
    }
}
