package org.amibakery.simulator.ssm;

import java.util.concurrent.CompletionStage;

/**
 * Does on an instance what a command's step asks for. The scripted runner only tells what it would have printed;
 * another may really run the script.
 */
@FunctionalInterface
public interface CommandRunner {
    /** Begins a step and answers its result when there is one. Called once a step and run; must not block. */
    CompletionStage<StepResult> run(StepExecution step);
}
