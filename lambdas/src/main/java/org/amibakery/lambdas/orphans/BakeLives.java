package org.amibakery.lambdas.orphans;

/** Tells of a bake whether it runs. Asked once for each resource, so it should know rather than look. */
@FunctionalInterface
public interface BakeLives {
    /** Tells whether the bake runs; {@link BakeLife#UNKNOWN} in doubt. */
    BakeLife of(BakeRun bake);

    /** Knows nothing, as outside Temporal. */
    static BakeLives unknown() {
        return bake -> BakeLife.UNKNOWN;
    }
}
