package org.amibakery.builder;

import org.amibakery.foundation.FoundationImage;
import org.amibakery.recipe.Region;

/** Asks for one builder; the token makes asking again harmless. */
public record LaunchBuilder(
        Region region,
        LaunchToken token,
        LaunchCandidate candidate,
        FoundationImage foundation,
        BuilderSettings settings) {}
