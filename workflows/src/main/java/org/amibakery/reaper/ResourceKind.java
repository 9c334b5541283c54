package org.amibakery.reaper;

import java.util.Locale;

/** The kinds of what a bake makes, in the order of removal. */
public enum ResourceKind {
    INSTANCE,
    VOLUME,
    NETWORK_INTERFACE,
    IMAGE,
    SNAPSHOT;

    /** The kind as people say it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
