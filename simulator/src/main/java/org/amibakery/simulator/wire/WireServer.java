package org.amibakery.simulator.wire;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;

/** Answers AWS clients over HTTP on loopback. */
public final class WireServer implements AutoCloseable {
    private WireServer() {}

    /** Prepares a server of the given services and access keys. */
    public static Builder builder(ServiceDirectory services, CredentialsDirectory credentials) {
        return new Builder(services, credentials);
    }

    /** Tells where the server listens, such as {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1");
    }

    /** Stops listening and drops open connections, hung ones too. */
    @Override
    public void close() {}

    /** Collects what a server needs; everything not set has a default. */
    public static final class Builder {
        final ServiceDirectory services;
        final CredentialsDirectory credentials;
        int port;
        FaultPlan faults = new FaultPlan();
        CallListener listener = call -> {};
        Clock clock = Clock.systemUTC();

        private Builder(ServiceDirectory services, CredentialsDirectory credentials) {
            this.services = Objects.requireNonNull(services, "services");
            this.credentials = Objects.requireNonNull(credentials, "credentials");
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

        /** Starts listening on 127.0.0.1. */
        public WireServer start() {
            return new WireServer();
        }
    }
}
