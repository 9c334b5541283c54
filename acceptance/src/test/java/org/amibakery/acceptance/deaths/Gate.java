package org.amibakery.acceptance.deaths;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.amibakery.simulator.wire.FaultEffect;

/** Holds a call on its way, until the test lets it go on. */
final class Gate {
    /** Only a test that has failed leaves a gate closed for so long. */
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    private final String operation;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch passed = new CountDownLatch(1);

    Gate(String operation) {
        this.operation = operation;
    }

    String operation() {
        return operation;
    }

    /** The fault that holds whatever call it is put on. */
    FaultEffect holding() {
        return FaultEffect.run(() -> {
            reached.countDown();
            await(opened, AT_MOST, "opened");
            passed.countDown();
        });
    }

    void awaitCall() {
        await(reached, Duration.ofMinutes(1), "reached");
    }

    void open() {
        opened.countDown();
        await(passed, Duration.ofMinutes(1), "passed");
    }

    private void await(CountDownLatch latch, Duration atMost, String what) {
        try {
            if (!latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The gate of %s was never %s".formatted(operation, what));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
