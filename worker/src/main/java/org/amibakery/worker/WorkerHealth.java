package org.amibakery.worker;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers operators over HTTP: {@code /healthz} (the process lives), {@code /readyz} (it polls), {@code /metrics}
 * (Prometheus). On loopback unless told otherwise.
 */
public final class WorkerHealth implements AutoCloseable {
    private final Server server;
    private final ServerConnector connector;

    private WorkerHealth(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts answering.
     *
     * @param address where to listen; port 0 takes a free one
     * @throws CannotListen when the address is taken or not this machine's
     */
    public static WorkerHealth start(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
        QueuedThreadPool threads = new QueuedThreadPool(4, 1);
        threads.setName("health");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        server.addConnector(connector);
        server.setHandler(new Answers(ready, metrics));
        try {
            server.start();
        } catch (Exception refused) { // what Jetty declares
            throw new CannotListen(
                    ("The worker cannot offer health and metrics on %s:%d: %s. Another process, maybe another worker, may"
                                    + " have that port: choose one with --health-port, or 0 for a free one.")
                            .formatted(address.getHostString(), address.getPort(), refused.getMessage()),
                    refused);
        }
        return new WorkerHealth(server, connector);
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://%s:%d".formatted(connector.getHost(), connector.getLocalPort()));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception late) { // what Jetty declares; the process ends anyway
            throw new IllegalStateException("Health and metrics did not stop", late);
        }
    }

    private static final class Answers extends Handler.Abstract.NonBlocking {
        private final BooleanSupplier ready;
        private final Supplier<String> metrics;

        private Answers(BooleanSupplier ready, Supplier<String> metrics) {
            this.ready = ready;
            this.metrics = metrics;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            switch (Request.getPathInContext(request)) {
                case "/healthz" -> answer(response, callback, 200, "alive\n");
                case "/readyz" -> {
                    boolean polls = ready.getAsBoolean();
                    answer(response, callback, polls ? 200 : 503, polls ? "polling\n" : "not polling\n");
                }
                case "/metrics" -> answer(response, callback, 200, metrics.get());
                default -> answer(response, callback, 404, "There is /healthz, /readyz and /metrics.\n");
            }
            return true;
        }

        private static void answer(Response response, Callback callback, int status, String text) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            Content.Sink.write(response, true, text, callback);
        }
    }
}
