package org.amibakery.watch;

import org.amibakery.recipe.Region;

/** One kind of wait in every region. */
public interface Waits<W, R> {
    /**
     * Looks once, or with others if many wait; returns the result if it is there already, else hands the wait to the watcher
     * and leaves the activity open. Must be the last thing an activity method does: return what this returns.
     */
    R await(Region region, W subject);
}
