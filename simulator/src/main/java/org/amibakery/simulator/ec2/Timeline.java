package org.amibakery.simulator.ec2;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The states of a resource, past and to come; what it is now follows from the time alone, so nothing needs a thread. */
final class Timeline {
    /** One state from an instant on; the reason's code and message are empty where AWS gives none. */
    record Phase(Instant from, String state, String reasonCode, String reasonMessage) {}

    private final List<Phase> phases = new ArrayList<>();

    Timeline(Instant from, String state) {
        phases.add(new Phase(from, requireNonNull(state, "state"), "", ""));
    }

    /** Plans a state, dropping whatever was planned for that instant or later. */
    Timeline enter(Instant from, String state) {
        return enter(from, state, "", "");
    }

    Timeline enter(Instant from, String state, String reasonCode, String reasonMessage) {
        phases.removeIf(phase -> !phase.from().isBefore(from) && phases.indexOf(phase) > 0);
        phases.add(new Phase(from, state, reasonCode, reasonMessage));
        return this;
    }

    Phase at(Instant now) {
        Phase current = phases.get(0);
        for (Phase phase : phases) {
            if (!phase.from().isAfter(now)) {
                current = phase;
            }
        }
        return current;
    }

    String stateAt(Instant now) {
        return at(now).state();
    }

    boolean isAt(Instant now, String... states) {
        return List.of(states).contains(stateAt(now));
    }

    /** Tells when a state was or will be entered for the last time. */
    Optional<Instant> entering(String state) {
        return phases.stream()
                .filter(phase -> phase.state().equals(state))
                .map(Phase::from)
                .reduce((earlier, later) -> later);
    }
}
