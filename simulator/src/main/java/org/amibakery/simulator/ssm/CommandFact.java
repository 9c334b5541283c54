package org.amibakery.simulator.ssm;

import java.util.Optional;

/**
 * Says what befalls one command.
 *
 * @param fate whether and how its end is ever seen
 * @param forcedStatus the status details it ends with, whatever it did
 * @param change what becomes of each step's result
 */
record CommandFact(Fate fate, Optional<String> forcedStatus, OutputChange change) {
    static final CommandFact NONE = new CommandFact(Fate.ENDS, Optional.empty(), (step, result) -> result);

    /** Names how a command's end is seen. */
    enum Fate {
        /** It ends as its steps do. */
        ENDS,
        /** It stays InProgress for ever, as when the agent dies. */
        NEVER_ENDS,
        /** The agent loses it while it updates itself; the service gives up after the execution timeout. */
        IS_SWALLOWED,
        /** It ends as its steps do even after CancelCommand. */
        ENDS_IN_SPITE_OF_CANCELLATION
    }

    /** Changes a step's result. */
    @FunctionalInterface
    interface OutputChange {
        StepResult apply(StepExecution step, StepResult result);
    }

    static CommandFact fated(Fate fate) {
        return new CommandFact(fate, Optional.empty(), NONE.change);
    }

    static CommandFact endingWith(String statusDetails) {
        return new CommandFact(Fate.ENDS, Optional.of(statusDetails), NONE.change);
    }

    static CommandFact changing(OutputChange change) {
        return new CommandFact(Fate.ENDS, Optional.empty(), change);
    }
}
