package org.amibakery.lambdas.cleanup;

import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.Refusal;
import software.amazon.awssdk.core.exception.SdkException;

/** A call that was to change something and that EC2 refused, or did not answer. */
record RefusedCall(String operation, String id, SdkException error) {

    Refusal refusal() {
        return Refusal.of(error);
    }

    String code() {
        return AwsCalls.codeOf(error);
    }

    /** Tells what was refused, and what follows. */
    String message() {
        return String.format(
                "EC2 answered %s to %s of %s: %s. %s",
                code(), operation, id, AwsCalls.messageOf(error), refusal().advice(operation));
    }
}
