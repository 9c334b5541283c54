package org.amibakery.simulator.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Applies to one call the faults it meets. */
final class FaultRun {
    private final List<Fault> faults;
    private final CallInProgress call;

    FaultRun(List<Fault> faults, CallInProgress call) {
        this.faults = faults;
        this.call = call;
    }

    /**
     * Applies the faults of a moment in order, up to the first that ends the call.
     *
     * @param answer makes the answer that half of is sent, should a fault ask for it
     * @return what goes back instead of the answer; empty when the call goes on
     * @throws InterruptedException when the server stops during a delay
     */
    Optional<Delivery> at(Fault.Moment moment, Supplier<WireAnswer> answer) throws InterruptedException {
        for (Fault fault : faults) {
            if (fault.strikes(moment)) {
                call.faulted(fault);
                Optional<Delivery> end = apply(fault.fire(), answer);
                if (end.isPresent()) {
                    return end;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Delivery> apply(FaultEffect effect, Supplier<WireAnswer> answer) throws InterruptedException {
        if (effect instanceof FaultEffect.Delay delay) {
            Thread.sleep(delay.duration().toMillis()); // the thread is this call's own; the delay is the fault
            return Optional.empty();
        }
        if (effect instanceof FaultEffect.Run run) {
            run.action().run();
            return Optional.empty();
        }
        return Optional.of(end(effect, answer));
    }

    private Delivery end(FaultEffect effect, Supplier<WireAnswer> answer) {
        if (effect instanceof FaultEffect.Answer error) {
            return send(error.error());
        }
        if (effect instanceof FaultEffect.Throttle) {
            return send(Refusal.THROTTLED.in(call.protocol(), "Rate exceeded (injected)"));
        }
        if (effect instanceof FaultEffect.HalfAnswer) {
            return new Delivery.SendHalf(answer.get());
        }
        if (effect instanceof FaultEffect.Reset) {
            return new Delivery.Reset();
        }
        return effect instanceof FaultEffect.Hang ? new Delivery.Hang() : new Delivery.Close();
    }

    private Delivery send(SimulatorError error) {
        return new Delivery.Send(WireErrors.write(call.protocol(), error, call.requestId()));
    }
}
