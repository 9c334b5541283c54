package org.amibakery.lambdas.cleanup;

import java.time.Duration;
import java.util.Optional;
import org.amibakery.lambdas.Demand;
import org.amibakery.lambdas.InvalidFunctionRequest;

/**
 * Asks to clean up one image family. Refused with {@link InvalidFunctionRequest} before any call when incomplete.
 *
 * @param stack the installation whose tag {@code ami-bakery:stack} marks ownership
 * @param family the recipe's name, tag {@code ami-bakery:recipe}
 * @param region the region of the family
 * @param olderThan the age that an image must have passed; zero or more
 * @param keepAtLeast how many of the newest good images stay whatever their age, 1 to 1,000
 * @param cap how many images and left-over snapshots one run may delete or withdraw, continuations included, 1 to 1,000
 * @param mode whether to delete or only to tell
 * @param continuation the token of the report that this request continues; empty at first
 * @param deprecateFor for how long an image that is to go is deprecated first; absent means that this step is left out
 * @param disableFor for how long it is disabled before it is deleted; absent means that this step is left out
 * @param bakedIn the region whose bakes made the images; absent means {@code region}, another one means their copies in
 *     {@code region}, which are a family of their own
 */
public record CleanUpImagesRequest(
        String stack,
        String family,
        String region,
        Duration olderThan,
        int keepAtLeast,
        int cap,
        CleanUpMode mode,
        Optional<String> continuation,
        Optional<Duration> deprecateFor,
        Optional<Duration> disableFor,
        Optional<String> bakedIn) {
    private static final Demand.Bounds COUNT = new Demand.Bounds(1, 1_000);
    private static final Duration LONGEST_GRACE = Duration.ofDays(3_650);

    public CleanUpImagesRequest {
        Demand.text("stack", stack);
        Demand.text("family", family);
        Demand.region(region);
        if (Demand.present("olderThan", olderThan).isNegative()) {
            throw new InvalidFunctionRequest(
                    String.format("olderThan is %s; an age cannot be negative. Write for example P30D.", olderThan));
        }
        Demand.count("keepAtLeast", keepAtLeast, COUNT);
        Demand.count("cap", cap, COUNT);
        Demand.present("mode", mode);
        continuation = continuation == null ? Optional.empty() : continuation;
        continuation.ifPresent(Continuation::parse);
        deprecateFor = grace("deprecateFor", deprecateFor);
        disableFor = grace("disableFor", disableFor);
        bakedIn = bakedIn == null ? Optional.empty() : bakedIn;
        bakedIn.ifPresent(Demand::region);
    }

    /** Asks for the images that were baked in the region itself, to be deleted without a step before. */
    public CleanUpImagesRequest(
            String stack,
            String family,
            String region,
            Duration olderThan,
            int keepAtLeast,
            int cap,
            CleanUpMode mode,
            Optional<String> continuation) {
        this(
                stack,
                family,
                region,
                olderThan,
                keepAtLeast,
                cap,
                mode,
                continuation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Asks the same again, from where a report with a continuation ended. */
    public CleanUpImagesRequest continuedAt(String token) {
        return new CleanUpImagesRequest(
                stack,
                family,
                region,
                olderThan,
                keepAtLeast,
                cap,
                mode,
                Optional.of(token),
                deprecateFor,
                disableFor,
                bakedIn);
    }

    private static Optional<Duration> grace(String component, Optional<Duration> grace) {
        if (grace == null) {
            return Optional.empty();
        }
        if (grace.filter(time -> time.isNegative() || time.compareTo(LONGEST_GRACE) > 0)
                .isPresent()) {
            throw new InvalidFunctionRequest(String.format(
                    "%s is %s; it must be between PT0S and %s. Write for example P14D, or leave it out.",
                    component, grace.get(), LONGEST_GRACE));
        }
        return grace;
    }
}
