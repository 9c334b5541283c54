package org.amibakery.simulator.ssm;

import java.time.Instant;

/**
 * Tells how one step ended.
 *
 * @param spec the step
 * @param status its status
 * @param result its exit code and output
 * @param startedAt when it began
 * @param endedAt when it ended
 */
record StepRecord(StepSpec spec, InvocationStatus status, StepResult result, Instant startedAt, Instant endedAt) {}
