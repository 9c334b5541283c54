package org.amibakery.function;

/** Asks functions. A question may be asked more than once: the functions are idempotent. */
@FunctionalInterface
public interface FunctionInvoker {
    /**
     * Asks and waits for the answer.
     *
     * @throws io.temporal.failure.ApplicationFailure with the function's own type and message when it failed; it is
     *     not retryable when asking again cannot help
     */
    <A> A ask(Question<A> question);
}
