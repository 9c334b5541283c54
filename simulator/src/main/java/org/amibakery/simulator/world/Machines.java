package org.amibakery.simulator.world;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What stands behind the instances and images of all places: nothing, where the simulator only tells what would happen, or
 * real machines. Called under EC2's lock, so nothing here may block: what takes time answers with a stage, and EC2 keeps the
 * passing state (pending, stopping, shutting-down) until it is done. Instances that were never launched here, such as seeded
 * ones, have no machine, and what is asked of them is done at once.
 */
public interface Machines {
    /** Tells why no machine can be made from an image; empty when one can. */
    Optional<String> reasonAgainst(ImageView image);

    /** Makes a machine and powers it on; done when its agent runs. A machine that cannot be made fails the stage. */
    CompletionStage<Void> launch(NewMachine machine);

    /** Shuts a machine down in order; done when it is off. */
    CompletionStage<Void> stop(String instanceId);

    /** Powers a machine on again, with the disk it was stopped with; done when its agent runs. */
    CompletionStage<Void> start(String instanceId);

    /** Ends a machine and forgets its disk; done when nothing of it is left. */
    CompletionStage<Void> terminate(String instanceId);

    /** Keeps a machine's disk as the content of an image; done when it can be launched from. */
    CompletionStage<Void> archive(String instanceId, String imageId);

    /** Lets an image have the content of another. */
    void copy(String imageId, String copyId);

    /** Forgets an image's content as soon as no machine needs it. */
    void forget(String imageId);

    /** Tells what a machine has written to its console; empty where there is no machine. */
    Optional<String> console(String instanceId);

    /** Calls the listener with the id of every instance whose machine powers itself off, outside any lock. */
    void whenPoweredOff(Consumer<String> listener);
}
