package org.amibakery.cli;

import static java.util.Objects.requireNonNull;

import org.amibakery.bake.StepState;

/**
 * Tells of one thing that a bake does to leave nothing behind.
 *
 * @param what in the words of its activity, such as {@code terminate i-0abc}
 * @param state running until it is done, however often it is tried
 */
public record CleanupAct(String what, StepState state) {
    public CleanupAct {
        requireNonNull(what, "what");
        requireNonNull(state, "state");
    }
}
