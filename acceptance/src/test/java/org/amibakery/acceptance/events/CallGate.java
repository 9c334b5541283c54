package org.amibakery.acceptance.events;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.amibakery.acceptance.events.CallMoment.Side;

/**
 * Sits on a worker's connection to Temporal, lets the calls that add to a history pass one at a time, and holds a bake
 * still at the moments a test asks for.
 *
 * <p>A server adds to a bake's history only when it is called: to start the bake, to end a workflow task or an activity,
 * or by a poll that is handed a workflow task. (Timers add to it too, but no bake here lasts until its one timer fires.)
 * All that one call adds is written at once. So a history is in as many states as there are such calls, and the bake is
 * held in each: before the end of a workflow task this is started; after the start, or the end of an activity, the next
 * one is only scheduled, since polls are held back until the test has done what it wants. Before the end of an activity the
 * history is as it was, but AWS is not.
 */
final class CallGate implements ClientInterceptor {
    private static final String END_OF_WORKFLOW_TASK = "RespondWorkflowTaskCompleted";
    private static final Set<String> ADDING = Set.of(
            "StartWorkflowExecution",
            END_OF_WORKFLOW_TASK,
            "RespondWorkflowTaskFailed",
            "RespondActivityTaskCompleted",
            "RespondActivityTaskFailed",
            "RespondActivityTaskCanceled");

    private final Polls polls = new Polls();
    private final Semaphore turn = new Semaphore(1);
    private volatile Predicate<CallMoment> wanted = moment -> false;
    private volatile Consumer<CallMoment> action = moment -> {};
    private final Hearing hearing = new Hearing();
    private final boolean activitiesEndUnheard;
    private int calls;

    private CallGate(boolean activitiesEndUnheard) {
        this.activitiesEndUnheard = activitiesEndUnheard;
    }

    /** Makes one for a server that takes the end of an activity at any time. */
    static CallGate ofRealServer() {
        return new CallGate(true);
    }

    /**
     * Makes one that, once something was done to a bake, lets no activity end before the bake has heard of it. Temporal's
     * in-memory server needs that: a workflow task that cancels an activity which has ended meanwhile is refused, and never
     * comes to an end.
     */
    static CallGate ofInMemoryServer() {
        return new CallGate(false);
    }

    /** Holds the bake, which is the first of its worker, at each moment that is wanted, for as long as the action takes. */
    void holdAt(Predicate<CallMoment> moments, Consumer<CallMoment> then) {
        wanted = moments;
        action = then;
    }

    /** Holds nothing any more. */
    void open() {
        wanted = moment -> false;
        polls.permitAll();
    }

    /** Holds nothing any more, as the bake was met at this moment. */
    void openAfter(CallMoment moment) {
        if (!activitiesEndUnheard) {
            boolean oneIsInHand = moment.operation().equals(END_OF_WORKFLOW_TASK);
            hearing.expect(oneIsInHand ? 2 : 1);
        }
        open();
    }

    @Override
    @SuppressWarnings("unchecked") // a method's name tells the type of its requests
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        String operation = method.getBareMethodName();
        if (ADDING.contains(operation)) {
            return new AddingCall<>(call, operation);
        }
        return operation.equals("PollWorkflowTaskQueue")
                ? (ClientCall<Q, A>) polls.held((ClientCall<PollWorkflowTaskQueueRequest, A>) call)
                : call;
    }

    private void at(CallMoment moment) {
        if (wanted.test(moment)) {
            action.accept(moment);
        }
    }

    /**
     * Keeps the worker's own queue out of it: a server that sees nobody poll it for a while would move the next task to the
     * queue that all workers share, so nobody knew where to poll.
     */
    @SuppressWarnings("unchecked")
    private static <Q> Q withoutOwnQueue(Q request) {
        return request instanceof RespondWorkflowTaskCompletedRequest ended
                ? (Q) ended.toBuilder().clearStickyAttributes().build()
                : request;
    }

    private final class AddingCall<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final String operation;

        AddingCall(ClientCall<Q, A> call, String operation) {
            super(call);
            this.operation = operation;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            int call = takeTurn();
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            try {
                                at(new CallMoment(call, operation, Side.AFTER));
                            } finally {
                                if (operation.equals(END_OF_WORKFLOW_TASK) && status.isOk()) {
                                    hearing.workflowTaskEnded();
                                }
                                if (!operation.equals(END_OF_WORKFLOW_TASK)) {
                                    polls.permitOne();
                                }
                                turn.release();
                                super.onClose(status, trailers);
                            }
                        }
                    },
                    headers);
        }

        @Override
        public void sendMessage(Q request) {
            super.sendMessage(withoutOwnQueue(request));
        }

        private int takeTurn() {
            turn.acquireUninterruptibly();
            int call = ++calls;
            at(new CallMoment(call, operation, Side.BEFORE));
            if (operation.startsWith("RespondActivityTask")) {
                turn.release();
                hearing.await();
                turn.acquireUninterruptibly();
            }
            return call;
        }
    }
}
