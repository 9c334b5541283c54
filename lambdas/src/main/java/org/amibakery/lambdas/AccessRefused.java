package org.amibakery.lambdas;

/** Says that AWS refused a call for want of permission or valid credentials; a person must act. */
public final class AccessRefused extends FunctionFailure {
    private static final long serialVersionUID = 1L;

    AccessRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
