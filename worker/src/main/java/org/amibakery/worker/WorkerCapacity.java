package org.amibakery.worker;

/**
 * Says how much one worker takes on. Waits on AWS hold neither a slot nor a thread, so the slots bound short calls only.
 *
 * @param activitySlots calls to AWS at the same time
 * @param cachedBakes bakes whose workflow state is kept in memory; a colder one is replayed from history. Each cached
 *     bake holds one thread
 */
public record WorkerCapacity(int activitySlots, int cachedBakes) {
    /** Enough for a thousand bakes, most of which wait. */
    public static final WorkerCapacity DEFAULT = new WorkerCapacity(200, 200);

    public WorkerCapacity {
        if (activitySlots < 1 || cachedBakes < 1) {
            throw new IllegalArgumentException("A worker needs at least one activity slot and one cached bake");
        }
    }
}
