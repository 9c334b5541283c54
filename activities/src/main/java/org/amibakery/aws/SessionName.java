package org.amibakery.aws;

import io.temporal.activity.Activity;
import java.util.HexFormat;

/**
 * Names the session in which a role is assumed, so that CloudTrail tells which bake did what: the workflow's id, with a dot
 * for what STS does not take (AssumeRole, RoleSessionName: 2 to 64 of {@code \w+=,.@-}).
 */
final class SessionName {
    /** The watchers look for many bakes at once. */
    static final String OF_NO_BAKE = "ami-bakery";

    private static final int LONGEST = 64;
    private static final int DIGITS = 8;

    private SessionName() {}

    /** Of the activity that this thread runs, or of the worker. */
    static String current() {
        try {
            return of(Activity.getExecutionContext().getInfo().getWorkflowId());
        } catch (IllegalStateException outside) { // how Temporal's SDK says that this thread runs no activity
            return OF_NO_BAKE;
        }
    }

    /** One name for one id: what is cut off a long one leaves its digest. */
    static String of(String workflowId) {
        String name = workflowId.replaceAll("[^\\w+=,.@-]", ".");
        if (name.length() <= LONGEST) {
            return name.length() < 2 ? OF_NO_BAKE : name;
        }
        String digest = HexFormat.of().toHexDigits(workflowId.hashCode());
        return name.substring(0, LONGEST - DIGITS - 1) + "-" + digest;
    }
}
