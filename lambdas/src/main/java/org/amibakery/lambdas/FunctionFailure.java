package org.amibakery.lambdas;

/**
 * Ends a function with a message for people and a type for programs.
 *
 * <p>The Java runtime of Lambda reports an uncaught exception as {@code {errorMessage, errorType}} with the class name as
 * {@code errorType} (Invoke, FunctionError); {@link FunctionErrorPayload} holds its simple name. Simple names of
 * subclasses are therefore wire names and are never changed.
 */
public abstract class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FunctionFailure(String message) {
        super(message);
    }

    FunctionFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
