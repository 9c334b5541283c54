package org.amibakery.cli;

import java.util.Locale;

/** Says how a result is written to standard output. */
public enum OutputFormat {
    /** For people. */
    TEXT,
    /** One JSON document at the end. */
    JSON,
    /** One JSON document a line, as things happen. */
    JSONL,
    /** Nothing: the exit code says it. */
    NONE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
