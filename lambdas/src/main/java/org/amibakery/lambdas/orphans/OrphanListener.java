package org.amibakery.lambdas.orphans;

/**
 * Hears at once what a run does. The report comes at the end, and a run that is ended from outside never reaches it: then
 * this is all that tells what was removed.
 */
public interface OrphanListener {
    /** Hears nothing. */
    OrphanListener NONE = new OrphanListener() {
        @Override
        public void removed(SettledResource resource) {}

        @Override
        public void failed(FailedRemoval refusal) {}

        @Override
        public void outOfReach(RegionOutOfReach region) {}
    };

    /** Hears what is gone now. */
    void removed(SettledResource resource);

    /** Hears what AWS refused. */
    void failed(FailedRemoval refusal);

    /** Hears where nobody could look. */
    void outOfReach(RegionOutOfReach region);
}
