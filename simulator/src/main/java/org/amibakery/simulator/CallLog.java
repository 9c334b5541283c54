package org.amibakery.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.amibakery.simulator.wire.Call;
import org.amibakery.simulator.wire.CallListener;

/** Keeps the most recent calls, up to 100,000. Thread-safe. */
public final class CallLog implements CallListener {
    private static final int KEPT = 100_000;

    private final Deque<Call> calls = new ArrayDeque<>();

    CallLog() {}

    @Override
    public synchronized void called(Call call) {
        if (calls.size() == KEPT) {
            calls.removeFirst();
        }
        calls.addLast(call);
    }

    /** Lists the calls, oldest first. */
    public synchronized List<Call> all() {
        return List.copyOf(calls);
    }

    /** Lists the calls of one operation, by its AWS name, oldest first. */
    public List<Call> of(String operation) {
        return all().stream().filter(call -> call.operation().equals(operation)).toList();
    }

    public int count(String operation) {
        return of(operation).size();
    }

    /** Lists the calls that were refused because of request limits. */
    public List<Call> throttled() {
        return all().stream()
                .filter(call ->
                        call.errorCode().filter("RequestLimitExceeded"::equals).isPresent())
                .toList();
    }

    public synchronized void clear() {
        calls.clear();
    }
}
