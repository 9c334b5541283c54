package org.amibakery.simulator.wire;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** One fault of a plan; counts how often it fired, so that a test can prove that it did. Thread-safe. */
public final class Fault {
    private final Moment moment;
    private final String operation;
    private final FaultEffect effect;
    private final Predicate<FaultedCall> calls;
    private final IntPredicate turns;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger fired = new AtomicInteger();

    Fault(Moment moment, String operation, FaultEffect effect, Predicate<FaultedCall> calls, IntPredicate turns) {
        this.moment = moment;
        this.operation = operation;
        this.effect = effect;
        this.calls = calls;
        this.turns = turns;
    }

    /** Tells how often the effect was applied. */
    public int timesFired() {
        return fired.get();
    }

    /** Tells what fails, when and how, such as {@code RunInstances AFTER_COMMIT Close[]}. */
    @Override
    public String toString() {
        return operation + " " + moment + " " + effect;
    }

    boolean meets(FaultedCall call) {
        return calls.test(call) && turns.test(seen.incrementAndGet());
    }

    boolean strikes(Moment now) {
        return moment == now;
    }

    FaultEffect fire() {
        fired.incrementAndGet();
        return effect;
    }

    /** When a fault strikes. */
    enum Moment {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }
}
