package org.amibakery.lambdas;

/** Refuses a request that can never be carried out; nothing was called and repeating it is useless. */
public final class InvalidFunctionRequest extends FunctionFailure {
    private static final long serialVersionUID = 1L;

    /** Takes the whole sentence: what was wrong, what was expected, what to do. */
    public InvalidFunctionRequest(String message) {
        super(message);
    }
}
