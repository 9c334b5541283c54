package org.amibakery.simulator.ssm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Keeps the commands of one place. Safe for use by several threads. */
final class Commands {
    private final Surroundings world;
    private final List<Issued> issued = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();

    Commands(Surroundings world) {
        this.world = world;
    }

    /** Holds a command with what became of it on each instance. */
    record Issued(SentCommand command, List<Invocation> invocations) {}

    private record Expectation(String documentSuffix, CommandFact fact) {}

    /** Decides what befalls the next command of a document whose name ends so. */
    synchronized void expect(String documentSuffix, CommandFact fact) {
        expectations.add(new Expectation(documentSuffix, fact));
    }

    /** Takes what befalls the command of this document that is being sent. */
    synchronized CommandFact takeFact(String documentName) {
        for (Iterator<Expectation> each = expectations.iterator(); each.hasNext(); ) {
            Expectation expectation = each.next();
            if (documentName.endsWith(expectation.documentSuffix())) {
                each.remove();
                return expectation.fact();
            }
        }
        return CommandFact.NONE;
    }

    synchronized void add(SentCommand command, Interpolation interpolation) {
        StepChain chain = new StepChain(command, interpolation, world.runner(), world.reboot());
        List<Invocation> invocations = command.instanceIds().stream()
                .map(instance -> new Invocation(command, instance, world, chain))
                .toList();
        issued.add(new Issued(command, invocations));
        world.runner()
                .lookAgain(world.scaled(world.timings().commandPickUp()), () -> invocations.forEach(Invocation::view));
    }

    /** Finds a command, whether it is visible yet or not. */
    synchronized Optional<Issued> find(String commandId) {
        return issued.stream()
                .filter(candidate -> candidate.command().id().equals(commandId))
                .findFirst();
    }

    /** Lists the commands callers can see by now, newest first. */
    synchronized List<Issued> visible() {
        Instant now = world.now();
        List<Issued> visible = new ArrayList<>(issued.stream()
                .filter(candidate -> isVisible(candidate.command(), now))
                .toList());
        Collections.reverse(visible);
        return visible;
    }

    boolean isVisible(SentCommand command) {
        return isVisible(command, world.now());
    }

    void instanceEnds(String instanceId) {
        all().stream()
                .flatMap(candidate -> candidate.invocations().stream())
                .filter(invocation -> invocation.isOn(instanceId))
                .forEach(Invocation::instanceEnds);
    }

    private synchronized List<Issued> all() {
        return List.copyOf(issued);
    }

    private boolean isVisible(SentCommand command, Instant now) {
        return !command.requestedAt()
                .plus(world.scaled(world.timings().visibility()))
                .isAfter(now);
    }
}
