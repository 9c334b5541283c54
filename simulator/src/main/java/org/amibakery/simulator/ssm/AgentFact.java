package org.amibakery.simulator.ssm;

import java.time.Duration;

/**
 * Says how the agent of an instance behaves.
 *
 * @param presence whether it comes and listens
 * @param delay how much later than usual it comes
 */
record AgentFact(Presence presence, Duration delay) {
    static final AgentFact WORKS = new AgentFact(Presence.WORKS, Duration.ZERO);
    static final AgentFact NEVER_COMES = new AgentFact(Presence.NEVER_COMES, Duration.ZERO);
    static final AgentFact IS_DEAD = new AgentFact(Presence.IS_ONLINE_BUT_DEAD, Duration.ZERO);

    /** Names how present an agent is. */
    enum Presence {
        WORKS,
        NEVER_COMES,
        IS_ONLINE_BUT_DEAD
    }

    static AgentFact late(Duration delay) {
        return new AgentFact(Presence.WORKS, delay);
    }
}
