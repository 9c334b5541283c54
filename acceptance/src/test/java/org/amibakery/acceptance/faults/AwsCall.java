package org.amibakery.acceptance.faults;

import java.util.Set;

/**
 * One call of a bake.
 *
 * @param turn the how-manieth of its operation, from 1
 */
record AwsCall(String service, String operation, int turn) {
    private static final int SDK_ATTEMPTS = 3;
    private static final Set<String> SENT_ONCE = Set.of("RunInstances", "CreateImage", "SendCommand");

    /** How often the SDK sends it before it tells us that there was no answer: once what makes something. */
    int sendings() {
        return service.equals("lambda") || SENT_ONCE.contains(operation) ? 1 : SDK_ATTEMPTS;
    }

    boolean isRead() {
        return operation.startsWith("Describe")
                || operation.startsWith("List")
                || operation.startsWith("Get")
                || operation.startsWith("Head");
    }

    @Override
    public String toString() {
        return "%s no. %d".formatted(operation, turn);
    }
}
