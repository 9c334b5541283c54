package org.amibakery.simulator.wire;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Answers AWS clients over HTTP on loopback. */
public final class WireServer implements AutoCloseable {
    private static final Duration LONGER_THAN_ANY_CLIENT_WAITS = Duration.ofHours(1);
    private static final int LONGEST_HEAD_BYTES = 64 * 1024;

    private final Server server;
    private final URI endpoint;

    private WireServer(Server server) {
        this.server = server;
        this.endpoint = URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    /** Prepares a server of the given services and access keys. */
    public static Builder builder(ServiceDirectory services, CredentialsDirectory credentials) {
        return new Builder(services, credentials);
    }

    /** Tells where this machine reaches the server, such as {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return endpoint;
    }

    /** Stops listening and drops open connections, hung ones too. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) { // Jetty declares no narrower one
            throw new IllegalStateException("The simulator's server on " + endpoint + " did not stop", failure);
        }
    }

    private static WireServer start(Builder settings) {
        QueuedThreadPool threads = new QueuedThreadPool(200, 2);
        threads.setDaemon(true);
        threads.setName("simulator");
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(httpConfiguration()));
        connector.setHost(settings.host);
        connector.setPort(settings.port);
        connector.setIdleTimeout(LONGER_THAN_ANY_CLIENT_WAITS.toMillis()); // a hung call must stay hung
        server.addConnector(connector);
        server.setHandler(new HttpFront(new Dispatcher(settings), settings.clock));
        server.setStopTimeout(0);
        try {
            server.start();
        } catch (Exception failure) { // Jetty declares no narrower one
            throw new PortTaken(
                    "The simulator cannot listen on %s:%d, which another process may have: choose another port, or 0 for a free one."
                            .formatted(settings.host, settings.port),
                    failure);
        }
        return new WireServer(server);
    }

    /** Encoded slashes and dots are part of names in S3 and Lambda, so no path is ambiguous. */
    private static HttpConfiguration httpConfiguration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setHeaderCacheCaseSensitive(true); // else Jetty respells known values, and signatures over them fail
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false); // sent by our own clock
        http.setRequestHeaderSize(LONGEST_HEAD_BYTES);
        http.setResponseHeaderSize(LONGEST_HEAD_BYTES);
        return http;
    }

    /** Collects what a server needs; everything not set has a default. */
    public static final class Builder {
        final ServiceDirectory services;
        final CredentialsDirectory credentials;
        String host = "127.0.0.1";
        int port;
        FaultPlan faults = new FaultPlan();
        CallListener listener = call -> {};
        Clock clock = Clock.systemUTC();

        private Builder(ServiceDirectory services, CredentialsDirectory credentials) {
            this.services = Objects.requireNonNull(services, "services");
            this.credentials = Objects.requireNonNull(credentials, "credentials");
        }

        /** Sets the address to listen on; loopback by default. */
        public Builder host(String address) {
            host = Objects.requireNonNull(address, "address");
            return this;
        }

        /** Sets the TCP port; the default 0 takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Sets the faults to inject; none by default. */
        public Builder faults(FaultPlan plan) {
            faults = Objects.requireNonNull(plan, "plan");
            return this;
        }

        /** Sets who hears of every call. */
        public Builder listener(CallListener newListener) {
            listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** Sets the clock that signatures, Date headers and the call log go by; the system's by default. */
        public Builder clock(Clock newClock) {
            clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Starts listening.
         *
         * @throws PortTaken when another process listens there
         */
        public WireServer start() {
            return WireServer.start(this);
        }
    }
}
