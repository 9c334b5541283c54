package org.amibakery.watch;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionFailureException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.payload.context.ActivitySerializationContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows which activities are open, by task token, and remembers what it was told about them. */
final class FakeTemporal implements ActivityCompletionClient {
    final Map<String, Object> completed = new LinkedHashMap<>();
    final Map<String, Exception> failed = new LinkedHashMap<>();
    final List<String> canceled = new ArrayList<>();
    final List<WaitDetails> heartbeats = new ArrayList<>();
    final Set<String> ended = new HashSet<>();
    final Set<String> cancelRequested = new HashSet<>();
    boolean unreachable;

    static byte[] token(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private String open(byte[] taskToken) {
        String name = new String(taskToken, StandardCharsets.UTF_8);
        if (unreachable) {
            throw new ActivityCompletionFailureException(name, new IllegalStateException("no Temporal"));
        }
        if (ended.contains(name)) {
            throw new ActivityNotExistsException(name, new IllegalStateException("not found"));
        }
        return name;
    }

    @Override
    public <R> void complete(byte[] taskToken, R result) {
        String name = open(taskToken);
        completed.put(name, result);
        ended.add(name);
    }

    @Override
    public void completeExceptionally(byte[] taskToken, Exception result) {
        String name = open(taskToken);
        failed.put(name, result);
        ended.add(name);
    }

    @Override
    public <V> void reportCancellation(byte[] taskToken, V details) {
        String name = open(taskToken);
        canceled.add(name);
        ended.add(name);
    }

    @Override
    public <V> void heartbeat(byte[] taskToken, V details) {
        String name = open(taskToken);
        heartbeats.add((WaitDetails) details);
        if (cancelRequested.contains(name)) {
            throw new ActivityCanceledException();
        }
    }

    @Override
    public <R> void complete(String workflowId, Optional<String> runId, String activityId, R result) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public <R> void completeStandalone(String activityId, Optional<String> runId, R result) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public void completeExceptionally(String workflowId, Optional<String> runId, String activityId, Exception result) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public void completeExceptionallyStandalone(String activityId, Optional<String> runId, Exception result) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public <V> void reportCancellation(String workflowId, Optional<String> runId, String activityId, V details) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public <V> void reportCancellationStandalone(String activityId, Optional<String> runId, V details) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public <V> void heartbeat(String workflowId, Optional<String> runId, String activityId, V details) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public <V> void heartbeatStandalone(String activityId, Optional<String> runId, V details) {
        throw new UnsupportedOperationException("waits are told by task token");
    }

    @Override
    public ActivityCompletionClient withContext(ActivitySerializationContext context) {
        return this;
    }
}
