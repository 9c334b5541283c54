package org.amibakery.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.temporal.TemporalConnection;
import org.junit.jupiter.api.Test;

class BakeryWorkerTest {
    @Test
    void starts_though_temporal_is_away_when_it_is_asked_for_the_namespace() {
        AwayOnce away = new AwayOnce();
        InProcessTestServer server = TestServer.createServer(true);
        TemporalConnection temporal = connect(server, away);
        try (Simulator simulator = Simulator.start(SimulatorOptions.forTests());
                AwsClients aws = SimulatedInstallation.clients(simulator);
                BakeryWorker worker = BakeryWorker.start(
                        temporal,
                        aws,
                        SimulatedInstallation.install(simulator, aws),
                        WorkerCapacity.DEFAULT,
                        BakeryCounters.NONE)) {
            assertThat(worker.polls()).isTrue();
            assertThat(away.asked.get()).isEqualTo(2);
        } finally {
            temporal.close();
            server.close();
        }
    }

    @Test
    void tells_the_server_how_fast_launches_may_go_and_sets_nothing_else_a_pace() throws InterruptedException {
        Polls polls = new Polls();
        InProcessTestServer server = TestServer.createServer(true);
        TemporalConnection temporal = connect(server, polls);
        SimulatorOptions sevenfold = SimulatorOptions.defaults().withSpeed(7);
        try (Simulator simulator = Simulator.start(sevenfold);
                AwsClients aws = SimulatedInstallation.clients(simulator);
                BakeryWorker worker = BakeryWorker.start(
                        temporal,
                        aws,
                        SimulatedInstallation.install(simulator, aws),
                        WorkerCapacity.DEFAULT,
                        BakeryCounters.NONE)) {
            assertThat(worker.polls()).isTrue();
            assertThat(polls.firstOf(BakeWorkflow.LAUNCH_TASK_QUEUE)
                            .getTaskQueueMetadata()
                            .getMaxTasksPerSecond()
                            .getValue())
                    .isEqualTo(14);
            assertThat(polls.firstOf(BakeWorkflow.TASK_QUEUE).hasTaskQueueMetadata())
                    .isFalse();
        } finally {
            temporal.close();
            server.close();
        }
    }

    private static TemporalConnection connect(InProcessTestServer server, ClientInterceptor interceptor) {
        return TemporalConnection.over(
                WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setChannel(server.getChannel())
                        .setGrpcClientInterceptors(List.of(interceptor))
                        .validateAndBuildWithDefaults()),
                "this process",
                "default");
    }

    /** Hears what workers say when they ask for activities. */
    private static final class Polls implements ClientInterceptor {
        private final Map<String, BlockingQueue<PollActivityTaskQueueRequest>> byQueue = new ConcurrentHashMap<>();

        /** Waits for the first one of a task queue. */
        PollActivityTaskQueueRequest firstOf(String taskQueue) throws InterruptedException {
            return of(taskQueue).take();
        }

        private BlockingQueue<PollActivityTaskQueueRequest> of(String taskQueue) {
            return byQueue.computeIfAbsent(taskQueue, unused -> new LinkedBlockingQueue<>());
        }

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void sendMessage(Q message) {
                    if (message instanceof PollActivityTaskQueueRequest poll) {
                        of(poll.getTaskQueue().getName()).add(poll);
                    }
                    super.sendMessage(message);
                }
            };
        }
    }

    /** Answers the first question for the namespace as a server does that is busy or restarts. */
    private static final class AwayOnce implements ClientInterceptor {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            ClientCall<Q, A> call = next.newCall(method, options);
            if (method != WorkflowServiceGrpc.getDescribeNamespaceMethod() || asked.incrementAndGet() > 1) {
                return call;
            }
            return new SimpleForwardingClientCall<>(call) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onMessage(A answer) {}

                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    super.onClose(Status.UNAVAILABLE, trailers);
                                }
                            },
                            headers);
                }
            };
        }
    }
}
