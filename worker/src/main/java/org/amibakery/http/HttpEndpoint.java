package org.amibakery.http;

import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server for a few callers of this machine: few threads, which end with the process. */
public final class HttpEndpoint implements AutoCloseable {
    private static final int MOST_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    private HttpEndpoint(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts answering.
     *
     * @param name of its threads, and for people
     * @param address where to listen; port 0 takes a free one
     * @param otherwise what to do when that address cannot be had
     * @throws CannotListen when it is taken or not this machine's
     */
    public static HttpEndpoint start(String name, InetSocketAddress address, String otherwise, Handler handler) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
        threads.setName(name);
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        server.addConnector(connector);
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception refused) { // what Jetty declares
            throw new CannotListen(
                    "%s cannot be offered on %s:%d: %s. %s"
                            .formatted(
                                    name, address.getHostString(), address.getPort(), refused.getMessage(), otherwise),
                    refused);
        }
        return new HttpEndpoint(server, connector);
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://%s:%d".formatted(connector.getHost(), connector.getLocalPort()));
    }

    /** Answers with a text. */
    public static void answer(Response response, Callback callback, int status, String contentType, String text) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        Content.Sink.write(response, true, text, callback);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception late) { // what Jetty declares; the process ends anyway
            throw new IllegalStateException("A server did not stop", late);
        }
    }
}
