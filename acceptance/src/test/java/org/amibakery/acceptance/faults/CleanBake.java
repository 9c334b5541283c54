package org.amibakery.acceptance.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.simulator.wire.Call;

/** A bake that nothing befalls: it tells which calls there are for something to befall. */
final class CleanBake {
    private CleanBake() {}

    /** Every call from the plan to the retention, in the order AWS saw them. */
    static List<AwsCall> calls() {
        try (TroubledBakery bakery = TroubledBakery.open()) {
            bakery.bake().isComplete();
            Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
            return callsOf(bakery);
        }
    }

    /** Every call that this bakery's AWS has seen. */
    static List<AwsCall> callsOf(TroubledBakery bakery) {
        Map<String, Integer> turns = new HashMap<>();
        return bakery.simulator().calls().all().stream()
                .map(call -> numbered(call, turns))
                .toList();
    }

    private static AwsCall numbered(Call call, Map<String, Integer> turns) {
        return new AwsCall(call.scope().service(), call.operation(), turns.merge(call.operation(), 1, Integer::sum));
    }
}
