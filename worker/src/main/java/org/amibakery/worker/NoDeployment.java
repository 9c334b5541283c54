package org.amibakery.worker;

/** A worker cannot be of the deployment and build id that it was given. The message is for users. */
public final class NoDeployment extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDeployment(String message) {
        super(message);
    }
}
