package org.amibakery.simulator.world;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The instances of one place, as their neighbours may see them: without EC2's visibility lag. */
public interface InstanceFleet {
    /** Finds an instance that was launched here and has not vanished, terminated ones included. */
    Optional<InstanceView> find(String instanceId);

    List<InstanceView> all();

    /** Calls the listener with the id of every instance whose termination begins, once, outside any lock of EC2. */
    void whenTerminated(Consumer<String> listener);
}
