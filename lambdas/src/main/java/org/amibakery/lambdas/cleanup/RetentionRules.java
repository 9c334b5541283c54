package org.amibakery.lambdas.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.cleanup.OwnImage.Protection;
import org.amibakery.lambdas.cleanup.OwnImage.Standing;

/** Decides by age, standing and number alone which images may go; whether something uses them is asked afterwards. */
final class RetentionRules {
    private final CleanUpImagesRequest request;
    private final Instant madeBefore;
    private final List<OwnImage> newestGood;
    private final Optional<String> tooYoung;

    /** Takes the whole family, the oldest image first, and the instant from which ages count. */
    RetentionRules(CleanUpImagesRequest request, List<OwnImage> oldestFirst, Instant now) {
        this.request = request;
        this.madeBefore = now.minus(request.olderThan());
        this.tooYoung = Optional.of(String.format("is not older than %s", age()));
        List<OwnImage> good = oldestFirst.stream()
                .filter(image -> image.standing() == Standing.GOOD)
                .toList();
        this.newestGood = List.copyOf(good.subList(Math.max(0, good.size() - request.keepAtLeast()), good.size()));
    }

    /** Tells why the image stays, or nothing if the rules let it go. */
    Optional<String> reasonToKeep(OwnImage image) {
        if (image.createdAt().isAfter(madeBefore)) {
            return tooYoung;
        }
        if (image.protection() == Protection.PROTECTED) {
            return Optional.of("is protected against deregistration; lift the protection to let it go");
        }
        return switch (image.standing()) {
            case GOOD, WITHDRAWN -> floor(image);
            case FAILED -> Optional.empty();
            case BAKING -> Optional.of("is still being baked, or left to the reaper");
            case UNFINISHED -> Optional.of("is still being made by EC2");
            case UNKNOWN -> Optional.of("is neither tagged good nor failed, so it is left alone");
        };
    }

    /** Tells why an image goes that the rules let go and nothing uses. */
    String reasonToDelete(OwnImage image) {
        String state = image.standing() == Standing.FAILED ? "failed image, " : "";
        return String.format("%solder than %s and unused", state, age());
    }

    /** Returns the images on which the deletion of a good image rests: the newest good ones, which must still be so. */
    List<OwnImage> newestGood() {
        return newestGood;
    }

    private String age() {
        long days = request.olderThan().toDays();
        return Duration.ofDays(days).equals(request.olderThan())
                ? days + " days"
                : request.olderThan().toString();
    }

    private Optional<String> floor(OwnImage image) {
        if (!newestGood.isEmpty() && newestGood.get(newestGood.size() - 1).equals(image)) {
            return Optional.of("is the newest good image");
        }
        boolean enoughNewer = newestGood.size() == request.keepAtLeast()
                && OwnImage.OLDEST_FIRST.compare(image, newestGood.get(0)) < 0;
        return enoughNewer
                ? Optional.empty()
                : Optional.of(String.format("has fewer than %d good newer images", request.keepAtLeast()));
    }
}
