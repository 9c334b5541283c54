package org.amibakery.acceptance.events;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;

/**
 * Holds a worker's polls for workflow tasks back until there is one, so that none is handed out before its time. Calling
 * a poll back would not do: the server may have given it the task already, which is then lost until it times out.
 */
final class Polls {
    private int permits;
    private boolean free;

    <A> ClientCall<PollWorkflowTaskQueueRequest, A> held(ClientCall<PollWorkflowTaskQueueRequest, A> call) {
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void sendMessage(PollWorkflowTaskQueueRequest request) {
                if (request.getTaskQueue().getKind() == TaskQueueKind.TASK_QUEUE_KIND_NORMAL) {
                    awaitPermit();
                }
                super.sendMessage(request);
            }
        };
    }

    /** Lets one poll of the queue that all workers share through. */
    synchronized void permitOne() {
        permits++;
        notifyAll();
    }

    /** Lets every poll through from now on. */
    synchronized void permitAll() {
        free = true;
        notifyAll();
    }

    private synchronized void awaitPermit() {
        try {
            while (!free && permits == 0) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker stops while its polls are held back", interrupted);
        }
        permits--;
    }
}
