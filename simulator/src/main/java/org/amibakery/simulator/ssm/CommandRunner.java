package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.amibakery.simulator.world.SimulatorClock;

/**
 * Does on an instance what a command's step asks for. The scripted runner only tells what it would have printed;
 * another may really run the script.
 */
@FunctionalInterface
public interface CommandRunner {
    /** Begins a step and answers its result when there is one. Called once a step and run; must not block. */
    CompletionStage<StepResult> run(StepExecution step);

    /** Kills what a command runs on an instance, if anything; must not block. */
    default void cancel(String commandId, String instanceId) {}

    /**
     * Looks at a command again after so long by the clock on the wall, since commands otherwise move only when somebody looks
     * at them; does nothing where nothing really runs.
     */
    default void lookAgain(Duration after, Runnable look) {}

    /** Tells how long a step may run by the clock on the wall: as long as on AWS, divided by the speed where scripts are. */
    default Duration limit(Duration onAws, SimulatorClock clock) {
        return clock.scaled(onAws);
    }
}
