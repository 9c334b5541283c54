package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.Optional;

/** Deregistration protection of an image; with a cooldown it outlasts being switched off (by 24 hours on AWS). */
final class Protection {
    private boolean enabled;
    private boolean withCooldown;
    private Optional<Instant> cooldownEnds = Optional.empty();

    void enable(boolean cooldown) {
        enabled = true;
        withCooldown = cooldown;
        cooldownEnds = Optional.empty();
    }

    void disable(Instant cooldownEnd) {
        if (enabled && withCooldown) {
            cooldownEnds = Optional.of(cooldownEnd);
        }
        enabled = false;
    }

    boolean holdsAt(Instant now) {
        return enabled || cooldownEnds.map(now::isBefore).orElse(false);
    }

    /** Words the state as Image.DeregistrationProtection does. */
    String describeAt(Instant now) {
        if (enabled) {
            return withCooldown ? "enabled-with-cooldown" : "enabled-without-cooldown";
        }
        return holdsAt(now) ? "disabled-with-cooldown until " + cooldownEnds.orElseThrow() : "disabled";
    }
}
