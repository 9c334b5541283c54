package org.amibakery.simulator.wire;

/** Hears of every call, before its answer is sent: whoever got the answer finds the call in the log. */
@FunctionalInterface
public interface CallListener {
    /** Takes note of a call. Runs on the request's thread, so many at once. */
    void called(Call call);
}
