package org.amibakery.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.recipe.Region;

/**
 * What a look at images saw.
 *
 * @param family the one that was asked for; absent means all
 * @param regions where was looked, in this order
 * @param outOfReach the regions that could not be looked at, and why
 */
record ImagesSeen(
        Optional<String> family, List<Region> regions, List<ImageRow> images, Map<Region, String> outOfReach) {}
