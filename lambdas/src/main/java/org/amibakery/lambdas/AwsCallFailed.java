package org.amibakery.lambdas;

/** Says that AWS could not be read, by an error other than a missing permission; the same request may succeed later. */
public final class AwsCallFailed extends FunctionFailure {
    private static final long serialVersionUID = 1L;

    /** Takes the whole sentence, for an answer that cannot be trusted. */
    public AwsCallFailed(String message) {
        super(message);
    }

    AwsCallFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
