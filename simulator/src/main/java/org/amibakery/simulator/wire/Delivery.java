package org.amibakery.simulator.wire;

/** Says what goes back over the connection. */
sealed interface Delivery {
    /** Sends an answer. */
    record Send(WireAnswer answer) implements Delivery {}

    /** Sends half an answer, then closes. */
    record SendHalf(WireAnswer answer) implements Delivery {}

    /** Closes without an answer. */
    record Close() implements Delivery {}

    /** Resets the connection. */
    record Reset() implements Delivery {}

    /** Never answers. */
    record Hang() implements Delivery {}
}
