package org.amibakery.benchmark;

import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.amibakery.simulator.SimulatorOptions.RequestLimiting;

/** Takes the worker of a hundred bakes away while all wait, and looks when another one has all of them. */
final class Recovery {
    private static final int BAKES = 100;

    /** Longer than a loss and all that follows it may take. */
    private static final Duration IMAGE = Duration.ofMinutes(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Workshop workshop;
    private final Figures figures;

    Recovery(Workshop workshop, Figures figures) {
        this.workshop = workshop;
        this.figures = figures;
    }

    void measure(int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            lose("all waits taken over after SIGTERM", Child::askToEnd);
            lose("all waits taken over after SIGKILL", Child::kill);
        }
    }

    private void lose(String measure, Consumer<Child> end) {
        try (Bakehouse house = Bakehouse.open(workshop, new Setting(Duration.ZERO, IMAGE, RequestLimiting.OFF))) {
            List<WorkflowStub> running =
                    Bakes.families("recovery", BAKES).stream().map(house::start).toList();
            while (!running.stream().allMatch(bake -> waits(house, bake, Instant.EPOCH))) {
                Child.pause(LOOK_EVERY);
            }
            Instant lost = Instant.now();
            try (Child old = house.replaceWorker()) {
                end.accept(old);
                Instant all = awaitTakenOver(house, running, lost);
                add(measure, Duration.between(lost, all));
            }
        }
    }

    private Instant awaitTakenOver(Bakehouse house, List<WorkflowStub> running, Instant lost) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!running.stream().allMatch(bake -> waits(house, bake, lost))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not every wait was taken over");
            }
            Child.pause(LOOK_EVERY);
        }
        return running.stream()
                .map(bake -> started(wait(house, bake)))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** Whether a worker has held the bake's image since then. */
    private static boolean waits(Bakehouse house, WorkflowStub bake, Instant since) {
        PendingActivityInfo wait = wait(house, bake);
        return wait.getActivityType().getName().equals("Image.AwaitAvailable")
                && wait.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
                && started(wait).isAfter(since);
    }

    private static PendingActivityInfo wait(Bakehouse house, WorkflowStub bake) {
        return house.describe(bake).getPendingActivitiesList().stream()
                .findFirst()
                .orElseGet(PendingActivityInfo::getDefaultInstance);
    }

    private static Instant started(PendingActivityInfo wait) {
        return Bakehouse.instant(wait.getLastStartedTime());
    }

    private void add(String measure, Duration took) {
        figures.add(Scenario.RECOVERY, Figures.BAKERY, BAKES, measure, "s", took.toMillis() / 1000.0);
    }
}
