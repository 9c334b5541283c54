package org.amibakery.cli;

import java.util.Map;
import org.amibakery.temporal.TemporalConnection;

/** Connects commands to Temporal, and no earlier than they need it. */
public interface TemporalAccess {
    /**
     * Connects, works, and disconnects what it connected.
     *
     * @throws org.amibakery.temporal.Unreachable when no server answers
     */
    <R> R with(TemporalWork<R> work);

    /** Connects as the environment and its profile file say. */
    static TemporalAccess configured(Map<String, String> environment) {
        return new Configured(environment);
    }

    /** Uses a connection that stays open. */
    static TemporalAccess over(TemporalConnection connection) {
        return new Over(connection);
    }

    /** Something to do with a connection. */
    @FunctionalInterface
    interface TemporalWork<R> {
        R on(TemporalConnection temporal);
    }

    /** Opens a connection for each piece of work. */
    record Configured(Map<String, String> environment) implements TemporalAccess {
        @Override
        public <R> R with(TemporalWork<R> work) {
            CommandLogs.quiet();
            try (TemporalConnection temporal = TemporalConnection.open(environment)) {
                return work.on(temporal);
            }
        }
    }

    /** Shares one connection. */
    record Over(TemporalConnection connection) implements TemporalAccess {
        @Override
        public <R> R with(TemporalWork<R> work) {
            return work.on(connection);
        }
    }
}
