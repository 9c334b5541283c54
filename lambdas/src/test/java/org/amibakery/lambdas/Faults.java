package org.amibakery.lambdas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What goes wrong in the fake fleet, by operation and, where given, by the id concerned; keeps the list of calls. */
public final class Faults {
    private final Map<String, Ec2Exception> errors = new HashMap<>();
    private final Set<String> lostReplies = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, Runnable> events = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private int brokenCall = -1;
    private int fatalCall = -1;
    private Moment moment = Moment.BEFORE_IT_TAKES_EFFECT;

    public void answers(String operationAndId, String code, String message) {
        errors.put(operationAndId, error(code, message));
    }

    /** Lets calls of an operation end without an answer, as when EC2 hangs for longer than the client waits. */
    public void hangsAt(String operation) {
        silent.add(operation);
    }

    public void losesReplyOf(String operation) {
        lostReplies.add(operation);
    }

    /** Breaks the call of that number, counted from 0 over all calls, before or after it took effect. */
    public void breaksCall(int number, Moment moment) {
        brokenCall = number;
        this.moment = moment;
    }

    /** Ends the caller at the call of that number as a killed process ends, before or after the call took effect. */
    public void killsCallerAt(int number, Moment when) {
        fatalCall = number;
        moment = when;
    }

    /** What a killed caller sees; nothing can catch it by mistake. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** When a call breaks. */
    public enum Moment {
        BEFORE_IT_TAKES_EFFECT,
        AFTER_IT_TOOK_EFFECT
    }

    public void heals() {
        brokenCall = -1;
        fatalCall = -1;
        errors.clear();
        lostReplies.clear();
        silent.clear();
    }

    public void onceBefore(String operation, Runnable event) {
        events.put(operation, event);
    }

    public List<String> calls() {
        return calls;
    }

    void before(String operation, List<String> ids) {
        calls.add(operation);
        killAt(Moment.BEFORE_IT_TAKES_EFFECT);
        Runnable event = events.remove(operation);
        if (event != null) {
            event.run();
        }
        if (isBroken(Moment.BEFORE_IT_TAKES_EFFECT)) {
            throw error("InternalError", "An internal error has occurred");
        }
        if (silent.contains(operation)) {
            throw SdkClientException.create("Client execution did not complete before the specified timeout");
        }
        throwIfAny(operation);
        ids.forEach(id -> throwIfAny(operation + " " + id));
    }

    void afterCommit(String operation) {
        killAt(Moment.AFTER_IT_TOOK_EFFECT);
        if (lostReplies.contains(operation) || isBroken(Moment.AFTER_IT_TOOK_EFFECT)) {
            throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
        }
    }

    private void killAt(Moment now) {
        if (calls.size() - 1 == fatalCall && moment == now) {
            throw new Killed();
        }
    }

    private boolean isBroken(Moment now) {
        return calls.size() - 1 == brokenCall && moment == now;
    }

    public static Ec2Exception error(String code, String message) {
        return (Ec2Exception) Ec2Exception.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Ec2")
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    private void throwIfAny(String key) {
        if (errors.containsKey(key)) {
            throw errors.get(key);
        }
    }
}
