package org.amibakery.simulator.ssm;

import java.util.Set;

/**
 * Pairs the two words Systems Manager uses for how an invocation stands (GetCommandInvocation, Status and
 * StatusDetails).
 *
 * @param status the coarse word
 * @param details the fine one
 */
record InvocationStatus(String status, String details) {
    private static final Set<String> KINDS_OF_FAILURE =
            Set.of("Undeliverable", "Terminated", "InvalidPlatform", "AccessDenied");

    static final InvocationStatus PENDING = same("Pending");
    static final InvocationStatus IN_PROGRESS = same("InProgress");
    static final InvocationStatus SUCCESS = same("Success");
    static final InvocationStatus FAILED = same("Failed");
    static final InvocationStatus CANCELLED = same("Cancelled");
    static final InvocationStatus CANCELLING = same("Cancelling");
    static final InvocationStatus DELIVERY_TIMED_OUT = of("DeliveryTimedOut");
    static final InvocationStatus EXECUTION_TIMED_OUT = of("ExecutionTimedOut");

    /** Makes the pair from the fine word; one that is not known is used for both. */
    static InvocationStatus of(String details) {
        if (details.endsWith("TimedOut")) {
            return new InvocationStatus("TimedOut", details);
        }
        return new InvocationStatus(KINDS_OF_FAILURE.contains(details) ? "Failed" : details, details);
    }

    boolean isFinal() {
        return !equals(PENDING) && !equals(IN_PROGRESS) && !equals(CANCELLING) && !status.equals("Delayed");
    }

    private static InvocationStatus same(String word) {
        return new InvocationStatus(word, word);
    }
}
