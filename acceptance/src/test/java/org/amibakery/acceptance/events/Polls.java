package org.amibakery.acceptance.events;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import java.util.EnumMap;
import java.util.Map;

/**
 * Holds a worker's polls for workflow tasks back until there is one, so that none is handed out before its time. Calling
 * a poll back would not do: the server may have given it the task already, which is then lost until it times out.
 */
final class Polls {
    private final Map<TaskQueueKind, Integer> permits = new EnumMap<>(TaskQueueKind.class);
    private boolean free;

    <A> ClientCall<PollWorkflowTaskQueueRequest, A> held(ClientCall<PollWorkflowTaskQueueRequest, A> call) {
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void sendMessage(PollWorkflowTaskQueueRequest request) {
                awaitPermit(request.getTaskQueue().getKind());
                super.sendMessage(request);
            }
        };
    }

    /** Lets one poll of that kind of queue through. */
    synchronized void permitOne(TaskQueueKind kind) {
        permits.merge(kind, 1, Integer::sum);
        notifyAll();
    }

    /** Lets every poll through from now on. */
    synchronized void permitAll() {
        free = true;
        notifyAll();
    }

    private synchronized void awaitPermit(TaskQueueKind kind) {
        try {
            while (!free && permits.getOrDefault(kind, 0) == 0) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker stops while its polls are held back", interrupted);
        }
        permits.merge(kind, -1, Integer::sum);
    }
}
