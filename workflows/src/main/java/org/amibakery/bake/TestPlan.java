package org.amibakery.bake;

import static java.util.Objects.requireNonNull;

import org.amibakery.builder.BuilderSettings;
import org.amibakery.command.PlannedCommand;

/**
 * Says how a new image is tested.
 *
 * @param instance what the instance of the new image is launched with; its candidates are the builder's
 * @param command must succeed on it
 */
public record TestPlan(BuilderSettings instance, PlannedCommand command) {
    public TestPlan {
        requireNonNull(instance, "instance");
        requireNonNull(command, "command");
    }
}
