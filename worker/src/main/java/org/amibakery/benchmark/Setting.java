package org.amibakery.benchmark;

import java.time.Duration;
import java.util.Map;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.SimulatorOptions.RequestLimiting;
import org.amibakery.simulator.world.Timings;

/** Says in what AWS is baked: how long a boot and an image take, everything else being there at once. */
record Setting(Duration boot, Duration image, RequestLimiting limits) {
    /** A second between looks, for both. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    static Setting instant() {
        return new Setting(Duration.ZERO, Duration.ZERO, RequestLimiting.OFF);
    }

    Setting withLimits() {
        return new Setting(boot, image, RequestLimiting.ENFORCED);
    }

    /** The least that any orchestration can take. */
    Duration transitions() {
        return boot.plus(image);
    }

    SimulatorOptions simulator() {
        return SimulatorOptions.defaults().withRequestLimits(limits).withTimings(timings());
    }

    private Timings timings() {
        Timings instant = Timings.instant();
        return new Timings(
                boot,
                instant.agentOnline(),
                instant.stop(),
                instant.terminate(),
                image,
                instant.copy(),
                instant.snapshot(),
                instant.visibility(),
                instant.tags(),
                instant.terminatedLinger(),
                instant.deregisteredLinger(),
                instant.deregistrationCooldown(),
                instant.commandPickUp(),
                Map.of(),
                instant.otherCommands());
    }
}
