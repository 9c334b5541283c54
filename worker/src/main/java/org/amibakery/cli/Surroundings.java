package org.amibakery.cli;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds everything of its process that a command touches, so that it also runs inside another one.
 *
 * @param out takes the result, and nothing else
 * @param err takes progress and errors
 * @param clock tells the time, in the zone in which people read it
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        Screen screen,
        Map<String, String> environment,
        Clock clock,
        TemporalAccess temporal) {

    public Surroundings {
        requireNonNull(out, "out");
        requireNonNull(err, "err");
        requireNonNull(screen, "screen");
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        requireNonNull(clock, "clock");
        requireNonNull(temporal, "temporal");
    }

    /** Those of this process. Text is UTF-8 whatever the locale, as terminals are. */
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Screen.ofProcess(environment),
                environment,
                Clock.system(ZoneId.systemDefault()),
                TemporalAccess.configured(environment));
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }
}
