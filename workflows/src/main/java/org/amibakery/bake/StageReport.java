package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

/**
 * Tells how one of the stages went that a recipe switches on.
 *
 * @param stage such as {@code test} or {@code copy to eu-west-1}
 * @param detail what came of it, in a few words
 */
public record StageReport(String stage, StepState state, String detail) {
    public StageReport {
        requireNonNull(stage, "stage");
        requireNonNull(state, "state");
        detail = detail == null ? "" : detail;
    }
}
