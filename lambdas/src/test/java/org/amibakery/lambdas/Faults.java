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
    private final Map<String, Runnable> events = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    public void answers(String operationAndId, String code, String message) {
        errors.put(operationAndId, error(code, message));
    }

    public void losesReplyOf(String operation) {
        lostReplies.add(operation);
    }

    public void heals() {
        errors.clear();
        lostReplies.clear();
    }

    public void onceBefore(String operation, Runnable event) {
        events.put(operation, event);
    }

    public List<String> calls() {
        return calls;
    }

    void before(String operation, List<String> ids) {
        calls.add(operation);
        Runnable event = events.remove(operation);
        if (event != null) {
            event.run();
        }
        throwIfAny(operation);
        ids.forEach(id -> throwIfAny(operation + " " + id));
    }

    void afterCommit(String operation) {
        if (lostReplies.contains(operation)) {
            throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
        }
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
