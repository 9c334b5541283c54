package org.amibakery.simulator.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every call a server heard. */
final class CallLog implements CallListener {
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    @Override
    public void called(Call call) {
        calls.add(call);
    }

    List<Call> of(String operation) {
        return calls.stream().filter(call -> call.operation().equals(operation)).toList();
    }

    Call last() {
        return calls.get(calls.size() - 1);
    }
}
