package org.amibakery.simulator.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lists the faults a server injects. Thread-safe; faults may be added and withdrawn while calls run.
 *
 * <pre>{@code
 * Fault lost = faults.on("RunInstances").atCall(1).afterCommit(FaultEffect.close());
 * ...
 * assertThat(lost.timesFired()).isEqualTo(1);
 * }</pre>
 */
public final class FaultPlan {
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /** Starts a fault on an operation, by its AWS name such as {@code RunInstances}; every call unless narrowed. */
    public FaultTrigger on(String operation) {
        return new FaultTrigger(this, operation);
    }

    /** Withdraws every fault. */
    public void clear() {
        faults.clear();
    }

    /** Withdraws one fault; its count stays readable. */
    public void withdraw(Fault fault) {
        faults.remove(fault);
    }

    Fault add(Fault fault) {
        faults.add(fault);
        return fault;
    }

    /** Counts the call for every fault and picks those it meets, in the order they were added. */
    List<Fault> meeting(FaultedCall call) {
        return faults.stream().filter(fault -> fault.meets(call)).toList();
    }
}
