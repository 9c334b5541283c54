package org.amibakery.benchmark;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.simulator.wire.Call;

/**
 * Counts API calls as AWS counts them.
 *
 * @param reads those that change nothing: Describe…, List…, Get…
 * @param throttled those that were refused for their number
 */
record CallCount(int all, int reads, int throttled, Map<String, Long> byOperation) {
    static CallCount of(List<Call> calls) {
        return new CallCount(
                calls.size(),
                (int) calls.stream().filter(call -> isRead(call.operation())).count(),
                (int) calls.stream().filter(CallCount::isThrottled).count(),
                calls.stream().collect(groupingBy(Call::operation, TreeMap::new, counting())));
    }

    static boolean isRead(String operation) {
        return operation.startsWith("Describe") || operation.startsWith("List") || operation.startsWith("Get");
    }

    private static boolean isThrottled(Call call) {
        return call.errorCode()
                .filter(code -> code.equals("RequestLimitExceeded") || code.equals("ThrottlingException"))
                .isPresent();
    }
}
