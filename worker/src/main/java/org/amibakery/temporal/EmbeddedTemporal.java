package org.amibakery.temporal;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Runs Temporal's in-memory server inside this process, by default over a channel that no other process can reach. For
 * demonstrations: it has no persistence, no schedules and no Web UI.
 */
public final class EmbeddedTemporal implements AutoCloseable {
    private static final String NAMESPACE = "default";

    private final Runnable stop;
    private final TemporalConnection connection;

    private EmbeddedTemporal(TemporalConnection connection, Runnable stop) {
        this.connection = connection;
        this.stop = stop;
    }

    /** Starts a server on real time. */
    public static EmbeddedTemporal start() {
        InProcessTestServer server = TestServer.createServer(true);
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .validateAndBuildWithDefaults());
        return new EmbeddedTemporal(TemporalConnection.over(service, "this process", NAMESPACE), server::close);
    }

    /**
     * Starts a server on real time that other processes of this machine reach at its connection's address. It listens on
     * loopback alone, unlike {@link TestServer#createPortBoundServer}, as it asks nobody who they are.
     */
    public static EmbeddedTemporal startListening() {
        TestServicesStarter services = new TestServicesStarter(true, 0);
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder, List.of(new WithoutSticky()));
        Server server = started(builder.build());
        String address = "127.0.0.1:" + server.getPort();
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).validateAndBuildWithDefaults());
        return new EmbeddedTemporal(TemporalConnection.over(service, address, NAMESPACE), () -> {
            server.shutdownNow();
            services.close();
        });
    }

    public TemporalConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
        stop.run();
    }

    private static Server started(Server server) {
        try {
            return server.start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }
}
