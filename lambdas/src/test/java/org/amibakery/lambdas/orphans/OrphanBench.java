package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.AnImage.NOW;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.amibakery.lambdas.FakeRegion;
import org.amibakery.lambdas.cleanup.CleanUpMode;

/** Runs the clean-up on one region at the tests' time. */
final class OrphanBench {
    static final CleanUpOrphansRequest DELETE =
            new CleanUpOrphansRequest("bakery", "eu-west-1", List.of(), CleanUpMode.DELETE, 1_000);
    static final CleanUpOrphansRequest PLAN =
            new CleanUpOrphansRequest("bakery", "eu-west-1", List.of(), CleanUpMode.PLAN, 1_000);

    private OrphanBench() {}

    static CleanUpOrphansReport cleanUp(FakeRegion region) {
        return cleanUp(region, DELETE);
    }

    static CleanUpOrphansReport cleanUp(FakeRegion region, CleanUpOrphansRequest request) {
        return new CleanUpOrphans(name -> region, Clock.fixed(NOW, ZoneOffset.UTC))
                .cleanUp(request, Instant.MAX, OrphanListener.NONE);
    }

    static List<String> removed(CleanUpOrphansReport report) {
        return report.removed().stream().map(SettledResource::id).toList();
    }
}
