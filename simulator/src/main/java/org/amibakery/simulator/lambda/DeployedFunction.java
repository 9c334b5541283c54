package org.amibakery.simulator.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.amibakery.simulator.world.SimulatedFunction;

/** Holds one function with what will befall its next invocations. */
final class DeployedFunction {
    private final String arn;
    private final String name;
    private final Duration timeout;
    private final SimulatedFunction code;
    private final Instant deployedAt;
    private final Queue<InvocationFact> facts = new ConcurrentLinkedQueue<>();

    DeployedFunction(String arn, String name, Duration timeout, SimulatedFunction code, Instant deployedAt) {
        this.arn = arn;
        this.name = name;
        this.timeout = timeout;
        this.code = code;
        this.deployedAt = deployedAt;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    Duration timeout() {
        return timeout;
    }

    SimulatedFunction code() {
        return code;
    }

    Instant deployedAt() {
        return deployedAt;
    }

    void next(InvocationFact fact) {
        facts.add(fact);
    }

    /** Takes what befalls the invocation that begins now. */
    InvocationFact takeFact() {
        InvocationFact fact = facts.poll();
        return fact == null ? InvocationFact.RUNS : fact;
    }
}
