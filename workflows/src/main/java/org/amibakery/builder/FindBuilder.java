package org.amibakery.builder;

import org.amibakery.recipe.Region;

/** Asks which instance a launch made whose answer was lost. */
public record FindBuilder(Region region, LaunchToken token) {}
