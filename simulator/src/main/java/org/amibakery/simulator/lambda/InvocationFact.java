package org.amibakery.simulator.lambda;

/** Names what can befall one invocation. */
enum InvocationFact {
    /** The code runs, but Lambda gives up on it: its effects stay, its answer is lost. */
    TIMES_OUT,
    /** The code runs twice for one Invoke (Lambda invokes at least once). */
    RUNS_TWICE,
    /** Lambda refuses with TooManyRequestsException and the code does not run. */
    IS_THROTTLED,
    /** Nothing special. */
    RUNS
}
