package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.ownImage;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.FunctionJson;

/** Plans retention of 100,000 images, for a process of its own with little memory; prints the counts, the time, the heap. */
final class LargeFleet {
    static final int IMAGES = 100_000;
    static final int CAP = 1_000;

    private static final int ONE_IN_USE_OF = 20;
    private static final int MEGABYTE = 1 << 20;

    private LargeFleet() {}

    public static void main(String... arguments) {
        FakeFleet fleet = new FakeFleet(3);
        for (int hours = 0; hours < IMAGES; hours++) {
            String id = String.format("ami-%017x", hours);
            fleet.hasBaked(ownImage(id, 0)
                    .creationDate(NOW.minus(Duration.ofHours(hours)).toString())
                    .build());
            if (hours % ONE_IN_USE_OF == 0) {
                fleet.users().instance(id, "running");
            }
        }
        plan("deletes", fleet, Optional.empty());
        plan("disables", fleet, Optional.of(Duration.ofDays(7)));
    }

    private static void plan(String what, FakeFleet fleet, Optional<Duration> disableFor) {
        CleanUpImagesRequest request = new CleanUpImagesRequest(
                "bakery",
                "web",
                "eu-west-1",
                Duration.ofDays(30),
                3,
                CAP,
                CleanUpMode.PLAN,
                Optional.empty(),
                Optional.empty(),
                disableFor,
                Optional.empty());
        long started = System.nanoTime();
        byte[] answer = new CleanUpImagesFunction(region -> fleet, Clock.fixed(NOW, ZoneOffset.UTC))
                .handle(FunctionJson.write(request));
        double seconds = (System.nanoTime() - started) / 1e9;
        CleanUpImagesReport report = FunctionJson.readAnswer(answer, CleanUpImagesReport.class);
        Runtime java = Runtime.getRuntime();
        System.out.printf(
                "PLAN %s: deleted %d, withdrawn %d, kept %d, failed %d, continued %s; %.1f s, %,d calls, %d kB of answer,"
                        + " heap %d of %d MB with the fleet itself%n",
                what,
                report.deleted().size(),
                report.withdrawn().size(),
                report.kept().size() + report.keptUnlisted(),
                report.failed().size(),
                report.continuation().isPresent(),
                seconds,
                fleet.faults().calls().size(),
                answer.length / 1024,
                (java.totalMemory() - java.freeMemory()) / MEGABYTE,
                java.maxMemory() / MEGABYTE);
    }
}
