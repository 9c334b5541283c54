package org.amibakery.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Gives a command its options for output, and a console that keeps to them. */
abstract class BakeryCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Surroundings surroundings;

    BakeryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public final Integer call() {
        if (output.isDebugging()) {
            CommandLogs.show();
        }
        return run(new Console(surroundings, output)).code();
    }

    /** Does the command's work. Types of Temporal and AWS stay out of its class: help must not load them. */
    abstract ExitCode run(Console console);

    final Surroundings surroundings() {
        return surroundings;
    }

    final OutputOptions output() {
        return output;
    }
}
