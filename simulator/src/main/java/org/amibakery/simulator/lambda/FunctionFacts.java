package org.amibakery.simulator.lambda;

/** Changes what befalls the next invocations of one function; each call is about one invocation, in order. */
public final class FunctionFacts {
    private final DeployedFunction function;

    FunctionFacts(DeployedFunction function) {
        this.function = function;
    }

    /** Lets the next invocation be refused with TooManyRequestsException (HTTP 429). */
    public FunctionFacts nextInvocationIsThrottled() {
        return next(InvocationFact.IS_THROTTLED);
    }

    /** Lets the next invocation take longer than the function's timeout: its effects stay, its answer is lost. */
    public FunctionFacts nextInvocationTimesOut() {
        return next(InvocationFact.TIMES_OUT);
    }

    /** Lets the next invocation run the code twice, since Lambda promises "at least once". */
    public FunctionFacts nextInvocationRunsTwice() {
        return next(InvocationFact.RUNS_TWICE);
    }

    private FunctionFacts next(InvocationFact fact) {
        function.next(fact);
        return this;
    }
}
