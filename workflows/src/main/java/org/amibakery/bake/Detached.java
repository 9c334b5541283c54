package org.amibakery.bake;

import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs what must come to a definite end once begun: no cancellation reaches it. (A canceled activity that waits for
 * its retry is dropped by the server, whatever its earlier attempt has done.)
 */
final class Detached {
    private Detached() {}

    static void run(Functions.Proc action) {
        Workflow.newDetachedCancellationScope(action::apply).run();
    }

    static <R> R call(Functions.Func<R> action) {
        AtomicReference<R> result = new AtomicReference<>();
        run(() -> result.set(action.apply()));
        return result.get();
    }
}
