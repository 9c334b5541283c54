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
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
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
        TemporalConnection temporal = TemporalConnection.over(
                WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setChannel(server.getChannel())
                        .setGrpcClientInterceptors(List.of(away))
                        .validateAndBuildWithDefaults()),
                "this process",
                "default");
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
