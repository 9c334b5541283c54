package org.amibakery.simulator.ssm;

import java.util.function.Consumer;

/** Decides what befalls the next command of a document; each call is about one command, in order. */
public final class NextCommand {
    private static final int BEYOND_THE_LIMIT = 26_000;

    private final Consumer<CommandFact> facts;

    NextCommand(Consumer<CommandFact> facts) {
        this.facts = facts;
    }

    /** Lets each of its steps fail with this exit code and output. */
    public void failsWith(int exitCode, String stdout, String stderr) {
        facts.accept(CommandFact.changing((step, result) -> new StepResult(exitCode, stdout, stderr, result.took())));
    }

    /** Lets it end with these status details, such as Undeliverable, AccessDenied or a word nobody knows. */
    public void endsWithStatus(String statusDetails) {
        facts.accept(CommandFact.endingWith(statusDetails));
    }

    /** Lets it be InProgress for ever, as when the agent dies. */
    public void staysInProgress() {
        facts.accept(CommandFact.fated(CommandFact.Fate.NEVER_ENDS));
    }

    /** Lets the agent lose it while updating itself: InProgress until the execution timeout (amazon-ssm-agent#430). */
    public void isSwallowedByAnAgentUpdate() {
        facts.accept(CommandFact.fated(CommandFact.Fate.IS_SWALLOWED));
    }

    /** Lets it run to its end even when it is cancelled: CancelCommand guarantees nothing. */
    public void endsInSpiteOfCancellation() {
        facts.accept(CommandFact.fated(CommandFact.Fate.ENDS_IN_SPITE_OF_CANCELLATION));
    }

    /** Lets it print more than GetCommandInvocation shows: only the first 24,000 characters reach the caller. */
    public void printsMoreThan24000Characters() {
        facts.accept(CommandFact.changing((step, result) -> new StepResult(
                result.exitCode(),
                "filler line of output\n".repeat(BEYOND_THE_LIMIT / 22 + 1) + result.stdout(),
                result.stderr(),
                result.took())));
    }

    /** Lets its first run ask for a reboot (exit 194); the second run is the ordinary one. */
    public void asksForReboot() {
        facts.accept(CommandFact.changing((step, result) -> step.run() == 1
                ? new StepResult(
                        StepResult.REBOOT, "Rebooting, for updates that take effect only then\n", "", result.took())
                : result));
    }
}
