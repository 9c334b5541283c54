package org.amibakery.benchmark;

/** Names what a benchmark can measure. */
public enum Scenario {
    /** One bake after the other in an AWS where everything happens at once: what the orchestration itself takes. */
    INSTANT,
    /** One bake after the other where a builder boots and an image takes its time. */
    TIMED,
    /** Several bakes at once, in the same AWS. */
    CROWD,
    /** Several bakes at once where EC2's published request limits are enforced. */
    LIMITS,
    /** A thousand bakes on one worker, all of which wait for their images at the same time. */
    THOUSAND,
    /** A hundred bakes that wait while their worker is told to stop, or killed. */
    RECOVERY,
    /** How soon commands answer. */
    START
}
