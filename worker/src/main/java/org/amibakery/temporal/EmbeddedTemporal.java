package org.amibakery.temporal;

import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;

/**
 * Runs Temporal's in-memory server inside this process, over a channel that no other process can reach. For
 * demonstrations: it has no persistence, no schedules and no Web UI.
 */
public final class EmbeddedTemporal implements AutoCloseable {
    private final InProcessTestServer server;
    private final TemporalConnection connection;

    private EmbeddedTemporal(InProcessTestServer server, TemporalConnection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** Starts a server on real time. */
    public static EmbeddedTemporal start() {
        InProcessTestServer server = TestServer.createServer(true);
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .validateAndBuildWithDefaults());
        return new EmbeddedTemporal(server, TemporalConnection.over(service));
    }

    public TemporalConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
        server.close();
    }
}
