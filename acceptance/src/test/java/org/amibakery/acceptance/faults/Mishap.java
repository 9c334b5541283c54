package org.amibakery.acceptance.faults;

import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultTrigger;

/** What can befall a call. */
enum Mishap {
    NEVER_ARRIVES("never arrives"),
    LOSES_ITS_REPLY("takes effect, but its reply is lost"),
    GETS_HALF_A_REPLY("takes effect, but half of its reply is lost"),
    IS_ANSWERED_503("is answered 503"),
    IS_THROTTLED("is throttled");

    private final String words;

    Mishap(String words) {
        this.words = words;
    }

    Fault befall(FaultTrigger call) {
        return switch (this) {
            case NEVER_ARRIVES -> call.beforeCommit(FaultEffect.close());
            case LOSES_ITS_REPLY -> call.afterCommit(FaultEffect.close());
            case GETS_HALF_A_REPLY -> call.afterCommit(FaultEffect.halfAnswer());
            case IS_ANSWERED_503 -> call.beforeCommit(FaultEffect.unavailable());
            case IS_THROTTLED -> call.beforeCommit(FaultEffect.throttle());
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
