package org.amibakery.acceptance.faults;

import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;

/** Answers of AWS that refuse a call. */
final class Refused {
    private Refused() {}

    /** Refuses with this code, as the caller's fault. */
    static FaultEffect refused(String code) {
        return FaultEffect.error(SimulatorError.refused(code, "refused for a test"));
    }
}
