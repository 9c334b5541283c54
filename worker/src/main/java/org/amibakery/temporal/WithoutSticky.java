package org.amibakery.temporal;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

/**
 * Keeps workers' own (sticky) queues from the in-memory server: unlike a real one, it never gives the tasks of a dead
 * worker's queue to another worker.
 */
final class WithoutSticky implements ServerInterceptor {
    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            @SuppressWarnings("unchecked") // the request stays of its own class
            public void onMessage(Q request) {
                super.onMessage(
                        request instanceof RespondWorkflowTaskCompletedRequest completed
                                ? (Q) completed.toBuilder()
                                        .clearStickyAttributes()
                                        .build()
                                : request);
            }
        };
    }
}
