package org.amibakery.worker;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.amibakery.http.HttpEndpoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers operators over HTTP: {@code /healthz} (the process lives), {@code /readyz} (it polls), {@code /metrics}
 * (Prometheus). On loopback unless told otherwise.
 */
public final class WorkerHealth implements AutoCloseable {
    private final HttpEndpoint endpoint;

    private WorkerHealth(HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Starts answering.
     *
     * @param address where to listen; port 0 takes a free one
     * @throws org.amibakery.http.CannotListen when the address is taken or not this machine's
     */
    public static WorkerHealth start(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
        return new WorkerHealth(HttpEndpoint.start(
                "The worker's health",
                address,
                "Another process, maybe another worker, may have that port: choose one with --health-port, or 0 for a free"
                        + " one.",
                new Answers(ready, metrics)));
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint.address();
    }

    @Override
    public void close() {
        endpoint.close();
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
            HttpEndpoint.answer(response, callback, status, "text/plain; version=0.0.4; charset=utf-8", text);
        }
    }
}
