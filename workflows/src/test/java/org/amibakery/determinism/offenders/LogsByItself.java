package org.amibakery.determinism.offenders;

import ch.qos.logback.classic.LoggerContext;

/** Stands for any library that workflow code has no business with. */
public final class LogsByItself {
    public String name(LoggerContext logs) {
        return logs.getName();
    }
}
