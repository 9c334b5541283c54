package org.amibakery.simulator.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The inside of a running machine.
 *
 * @param init its first process, as this computer numbers it
 */
record Enclosed(long init) {
    /** What a command answers when the machine is off, or goes off meanwhile. */
    static final int OFF = 255;

    Exit run(List<String> command) {
        return HostCommand.run(entering(command));
    }

    /**
     * nsenter would stop itself when the machine's shutdown stops the command, and then never reap it, on which the shutdown
     * waits; a shell does not.
     */
    List<String> entering(List<String> command) {
        List<String> entering = new ArrayList<>(List.of("nsenter", "--all", "--no-fork"));
        entering.addAll(List.of("--target", Long.toString(init), "sh", "-c", "\"$@\"; exit $?", "sh"));
        entering.addAll(command);
        return entering;
    }

    /** A file as the machine sees it now, what is in memory only included. */
    Path file(String absolute) {
        return Path.of("/proc", Long.toString(init), "root")
                .resolve(Path.of("/").relativize(Path.of(absolute)));
    }
}
