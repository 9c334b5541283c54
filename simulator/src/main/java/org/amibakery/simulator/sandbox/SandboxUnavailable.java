package org.amibakery.simulator.sandbox;

/** Says why this computer cannot run real builders, and what it takes. */
public final class SandboxUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String ADVICE =
            "A sandbox takes Linux, root, and the programs of Debian's packages mmdebstrap and"
                    + " systemd-container: apt-get install mmdebstrap systemd-container";

    private SandboxUnavailable(String message) {
        super(message);
    }

    /** Says what is missing, and what a sandbox takes. */
    static SandboxUnavailable because(String reason) {
        return new SandboxUnavailable("Builders cannot be real here: %s. %s".formatted(reason, ADVICE));
    }

    /** Says what is wrong with the folder that was named. */
    static SandboxUnavailable in(String problem) {
        return new SandboxUnavailable(problem);
    }
}
