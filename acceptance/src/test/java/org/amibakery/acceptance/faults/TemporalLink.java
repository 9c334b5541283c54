package org.amibakery.acceptance.faults;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.command.v1.Command;
import io.temporal.api.command.v1.ScheduleActivityTaskCommandAttributes;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects one worker to Temporal until it is cut. A dead worker is noticed, and a pause that an activity asks for is over,
 * sooner than the product wants it, since a test has no minutes to wait for each. And workers have no queues of their own
 * here, since the in-memory server never gives the tasks of a dead worker's queue to another. Nothing else is changed.
 */
final class TemporalLink implements ClientInterceptor {
    /** Instead of 60 seconds, or five minutes for a function. */
    private static final Duration LONGEST_CALL = Durations.fromSeconds(8);

    /** Instead of 12 seconds. */
    private static final Duration LONGEST_SILENCE = Durations.fromSeconds(5);

    /** Instead of up to a minute. */
    private static final Duration LONGEST_PAUSE = Durations.fromSeconds(1);

    private final Duration longestWait;
    private final Set<ClientCall<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /**
     * Makes a link of one worker.
     *
     * @param longestWait bounds every wait that the watchers hold, such as 15 minutes for an agent
     */
    TemporalLink(java.time.Duration longestWait) {
        this.longestWait = Durations.fromMillis(longestWait.toMillis());
    }

    /** Ends every call under way, and lets no other through. */
    void cut() {
        cut = true;
        open.forEach(call -> call.cancel("cut", null));
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new LinkedCall<>(next.newCall(method, options));
    }

    private Object hurried(Object request) {
        if (request instanceof RespondWorkflowTaskCompletedRequest completed) {
            RespondWorkflowTaskCompletedRequest.Builder hurried =
                    completed.toBuilder().clearStickyAttributes();
            hurried.getCommandsBuilderList().stream()
                    .filter(Command.Builder::hasScheduleActivityTaskCommandAttributes)
                    .map(Command.Builder::getScheduleActivityTaskCommandAttributesBuilder)
                    .forEach(this::hurry);
            return hurried.build();
        }
        if (request instanceof RespondActivityTaskFailedRequest failed
                && failed.getFailure().getApplicationFailureInfo().hasNextRetryDelay()) {
            RespondActivityTaskFailedRequest.Builder hurried = failed.toBuilder();
            ApplicationFailureInfo.Builder failure = hurried.getFailureBuilder().getApplicationFailureInfoBuilder();
            failure.setNextRetryDelay(shorter(failure.getNextRetryDelay(), LONGEST_PAUSE));
            return hurried.build();
        }
        return request;
    }

    private void hurry(ScheduleActivityTaskCommandAttributes.Builder activity) {
        if (Durations.isPositive(activity.getHeartbeatTimeout())) {
            activity.setHeartbeatTimeout(shorter(activity.getHeartbeatTimeout(), LONGEST_SILENCE));
            activity.setStartToCloseTimeout(shorter(activity.getStartToCloseTimeout(), longestWait));
            if (Durations.isPositive(activity.getScheduleToCloseTimeout())) {
                activity.setScheduleToCloseTimeout(shorter(activity.getScheduleToCloseTimeout(), longestWait));
            }
        } else {
            activity.setStartToCloseTimeout(shorter(activity.getStartToCloseTimeout(), LONGEST_CALL));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return Durations.compare(one, other) < 0 ? one : other;
    }

    /** A call that ends as if the network had gone, once the link is cut. */
    private final class LinkedCall<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private LinkedCall(ClientCall<Q, A> call) {
            super(call);
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            open.add(this);
            super.start(new LinkedListener<>(listener, () -> open.remove(this)), headers);
            if (cut) {
                cancel("cut", null);
            }
        }

        @Override
        @SuppressWarnings("unchecked") // a message is replaced by one of its own class
        public void sendMessage(Q message) {
            if (!cut) {
                super.sendMessage((Q) hurried(message));
            }
        }

        @Override
        public void halfClose() {
            if (!cut) {
                super.halfClose();
            }
        }
    }

    /** Lets no answer through once the link is cut. */
    private final class LinkedListener<A> extends SimpleForwardingClientCallListener<A> {
        private final Runnable closed;

        private LinkedListener(ClientCall.Listener<A> listener, Runnable closed) {
            super(listener);
            this.closed = closed;
        }

        @Override
        public void onMessage(A answer) {
            if (!cut) {
                super.onMessage(answer);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed.run();
            super.onClose(cut ? Status.UNAVAILABLE.withDescription("cut off") : status, trailers);
        }
    }
}
