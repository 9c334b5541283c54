package org.amibakery.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.cli.ColorChoice.Stream;
import org.amibakery.temporal.TemporalConnection;

/** Runs commands in this process and keeps what they wrote. */
final class CommandTrial {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new TreeMap<>();
    private Screen screen = Screen.none();
    private TemporalAccess temporal = TemporalAccess.configured(environment);

    /** What a command left. */
    record Ran(int exitCode, String out, String err) {}

    CommandTrial with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CommandTrial with(TemporalConnection connection) {
        temporal = TemporalAccess.over(connection);
        return this;
    }

    CommandTrial onTerminal(int columns) {
        screen = new Screen.Fixed(Stream.TERMINAL, Stream.TERMINAL, new Screen.Size(columns, 40));
        return this;
    }

    Ran run(String... arguments) {
        int exitCode = Bakery.commandLine(new Surroundings(
                        stream(out), stream(err), screen, environment, Clock.system(ZoneOffset.UTC), temporal))
                .execute(arguments);
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
