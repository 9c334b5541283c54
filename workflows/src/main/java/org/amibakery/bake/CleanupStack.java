package org.amibakery.bake;

import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.amibakery.failure.Failures;

/**
 * Holds what a bake has to undo should it end early. All of it is undone at once, so that an image that cannot be
 * discarded does not keep a builder alive, and in a scope that no cancellation reaches.
 *
 * <p>An undo is registered before the action it undoes, and discharged only by proof that nothing is left to undo.
 */
final class CleanupStack {
    private final Deque<Cleanup> cleanups = new ArrayDeque<>();

    /** Registers what to undo, before it is done. */
    Cleanup register(String what, Functions.Proc undo) {
        Cleanup cleanup = new Cleanup(what, undo);
        cleanups.push(cleanup);
        return cleanup;
    }

    /** Takes an undo off the stack: there is proof that nothing is left of it. */
    void discharge(Cleanup cleanup) {
        cleanups.remove(cleanup);
    }

    /** Undoes one thing now, whatever came before or after it; returns in words what could not be. */
    List<String> run(Cleanup cleanup) {
        List<String> leftovers = new ArrayList<>();
        if (cleanups.remove(cleanup)) {
            Detached.run(() -> run(cleanup, leftovers));
        }
        return leftovers;
    }

    /** Undoes everything; returns in words what could not be. */
    List<String> runAll() {
        List<String> leftovers = new ArrayList<>();
        Detached.run(() -> {
            List<Promise<Void>> undone = new ArrayList<>();
            while (!cleanups.isEmpty()) {
                Cleanup cleanup = cleanups.pop();
                undone.add(Async.procedure(() -> run(cleanup, leftovers)));
            }
            Promise.allOf(undone).get();
        });
        return leftovers;
    }

    private static void run(Cleanup cleanup, List<String> leftovers) {
        try {
            cleanup.undo.apply();
        } catch (TemporalFailure | DataConverterException failure) {
            leftovers.add("%s: %s".formatted(cleanup.what, Failures.rootMessage(failure)));
        }
    }

    /** One thing to undo. */
    static final class Cleanup {
        private final String what;
        private final Functions.Proc undo;

        private Cleanup(String what, Functions.Proc undo) {
            this.what = what;
            this.undo = undo;
        }
    }
}
