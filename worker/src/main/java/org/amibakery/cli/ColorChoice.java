package org.amibakery.cli;

import java.util.Locale;
import java.util.Map;

/** Says whether output is coloured. */
public enum ColorChoice {
    /** On a terminal, unless the environment says NO_COLOR or has a dumb terminal. */
    AUTO,
    ALWAYS,
    NEVER;

    /** Chooses the colours for one stream. */
    Palette palette(Map<String, String> environment, Stream stream) {
        return switch (this) {
            case ALWAYS -> Palette.COLORED;
            case NEVER -> Palette.PLAIN;
            case AUTO -> {
                boolean unwanted =
                        !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
                yield stream == Stream.PIPE || unwanted ? Palette.PLAIN : Palette.COLORED;
            }
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Says where a stream leads. */
    enum Stream {
        TERMINAL,
        PIPE
    }
}
