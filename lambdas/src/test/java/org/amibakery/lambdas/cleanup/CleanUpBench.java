package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.amibakery.lambdas.FakeFleet;

/** Runs clean-ups of family "web" in stack "bakery" on a fleet; by default older than 30 days, keep 1, cap 100. */
final class CleanUpBench {
    static final CleanUpImagesRequest DELETE = new CleanUpImagesRequest(
            "bakery", "web", "eu-west-1", Duration.ofDays(30), 1, 100, CleanUpMode.DELETE, Optional.empty());

    private CleanUpBench() {}

    static CleanUpImagesReport cleanUp(FakeFleet fleet) {
        return cleanUp(fleet, DELETE);
    }

    static CleanUpImagesReport cleanUp(FakeFleet fleet, CleanUpImagesRequest request) {
        return cleanUp(fleet, request, Instant.MAX);
    }

    static CleanUpImagesReport cleanUp(FakeFleet fleet, CleanUpImagesRequest request, Instant deadline) {
        return new CleanUpImages(region -> fleet, Clock.fixed(NOW, ZoneOffset.UTC)).cleanUp(request, deadline);
    }

    /** Runs when so much time has passed, by our clock and by EC2's. */
    static CleanUpImagesReport cleanUpAfter(Duration passed, FakeFleet fleet, CleanUpImagesRequest request) {
        Instant then = NOW.plus(passed);
        fleet.isAt(then);
        return new CleanUpImages(region -> fleet, Clock.fixed(then, ZoneOffset.UTC)).cleanUp(request, Instant.MAX);
    }

    static CleanUpImagesRequest keeping(int keepAtLeast) {
        return new CleanUpImagesRequest(
                "bakery",
                "web",
                "eu-west-1",
                DELETE.olderThan(),
                keepAtLeast,
                DELETE.cap(),
                CleanUpMode.DELETE,
                Optional.empty());
    }

    static CleanUpImagesRequest capped(int cap) {
        return new CleanUpImagesRequest(
                "bakery", "web", "eu-west-1", DELETE.olderThan(), 1, cap, CleanUpMode.DELETE, Optional.empty());
    }

    static CleanUpImagesRequest copiesOf(String bakedIn) {
        return new CleanUpImagesRequest(
                "bakery",
                "web",
                "eu-west-1",
                DELETE.olderThan(),
                1,
                DELETE.cap(),
                CleanUpMode.DELETE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(bakedIn));
    }

    static CleanUpImagesRequest staged(Optional<Duration> deprecateFor, Optional<Duration> disableFor) {
        return new CleanUpImagesRequest(
                "bakery",
                "web",
                "eu-west-1",
                DELETE.olderThan(),
                1,
                DELETE.cap(),
                CleanUpMode.DELETE,
                Optional.empty(),
                deprecateFor,
                disableFor,
                Optional.empty());
    }

    static CleanUpImagesRequest planned(CleanUpImagesRequest request) {
        return new CleanUpImagesRequest(
                request.stack(),
                request.family(),
                request.region(),
                request.olderThan(),
                request.keepAtLeast(),
                request.cap(),
                CleanUpMode.PLAN,
                request.continuation(),
                request.deprecateFor(),
                request.disableFor(),
                request.bakedIn());
    }
}
