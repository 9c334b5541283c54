package org.amibakery.simulator.wire;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkPojo;

/** Says which calls of an operation a fault hits; ends with when and how. Immutable. */
public final class FaultTrigger {
    private final FaultPlan plan;
    private final String operation;
    private final Predicate<FaultedCall> calls;
    private final IntPredicate turns;

    FaultTrigger(FaultPlan plan, String operation) {
        this(plan, operation, call -> call.operation().equalsIgnoreCase(operation), turn -> true);
    }

    private FaultTrigger(FaultPlan plan, String operation, Predicate<FaultedCall> calls, IntPredicate turns) {
        this.plan = plan;
        this.operation = operation;
        this.calls = calls;
        this.turns = turns;
    }

    /** Hits the n-th call alone, from 1, counted among matching calls from when the fault was added. */
    public FaultTrigger atCall(int turn) {
        return turns(candidate -> candidate == turn);
    }

    /** Hits the first calls, so many of them. */
    public FaultTrigger atFirstCalls(int count) {
        return turns(candidate -> candidate <= count);
    }

    /** Hits a call with this probability (0 to 1), drawn from the given source so that a seed repeats the run. */
    public FaultTrigger withProbability(double probability, Random source) {
        return turns(candidate -> source.nextDouble() < probability);
    }

    /** Hits only calls whose request is of this class and fits; others are not counted. */
    public <T extends SdkPojo> FaultTrigger matching(Class<T> requestType, Predicate<T> condition) {
        return new FaultTrigger(
                plan,
                operation,
                calls.and(call ->
                        requestType.isInstance(call.request()) && condition.test(requestType.cast(call.request()))),
                turns);
    }

    /** Hits only calls to this region; others are not counted. */
    public FaultTrigger inRegion(String region) {
        return new FaultTrigger(
                plan, operation, calls.and(call -> call.scope().region().equals(region)), turns);
    }

    /** Adds the fault: it strikes before the handler runs, so a terminal effect leaves the world unchanged. */
    public Fault beforeCommit(FaultEffect effect) {
        return plan.add(new Fault(Fault.Moment.BEFORE_COMMIT, operation, effect, calls, turns));
    }

    /** Adds the fault: it strikes when the handler has run, so the world has changed and the answer is lost. */
    public Fault afterCommit(FaultEffect effect) {
        return plan.add(new Fault(Fault.Moment.AFTER_COMMIT, operation, effect, calls, turns));
    }

    private FaultTrigger turns(IntPredicate which) {
        return new FaultTrigger(plan, operation, calls, which);
    }
}
