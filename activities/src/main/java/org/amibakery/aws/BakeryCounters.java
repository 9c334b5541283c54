package org.amibakery.aws;

import java.time.Duration;

/** Counts what operators watch; the worker turns it into metrics. Called by many threads at once. */
public interface BakeryCounters {
    /** Counts nothing. */
    BakeryCounters NONE = new BakeryCounters() {
        @Override
        public void lookFailed(String wait, String code) {}

        @Override
        public void lookLate(String wait, Duration by) {}

        @Override
        public void cleanupOverdue(String what) {}
    };

    /** Counts a look-up of a wait that AWS refused, by AWS code. */
    void lookFailed(String wait, String code);

    /** Counts a look-up that began later than its interval asked for. */
    void lookLate(String wait, Duration by);

    /** Counts a cleanup that is not done after 30 minutes, such as {@code terminate builder}; a person must act. */
    void cleanupOverdue(String what);
}
