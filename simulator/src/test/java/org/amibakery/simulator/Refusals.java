package org.amibakery.simulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.amibakery.simulator.wire.SimulatorError;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts how the simulator refuses a call. */
public final class Refusals {
    private Refusals() {}

    /** Asserts that a call is refused with this error code; the message remains to be asserted. */
    public static ObjectAssert<SimulatorError> assertRefused(String code, ThrowingCallable call) {
        return assertThatThrownBy(call).asInstanceOf(type(SimulatorError.class)).returns(code, SimulatorError::code);
    }
}
