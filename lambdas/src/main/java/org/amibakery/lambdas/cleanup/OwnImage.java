package org.amibakery.lambdas.cleanup;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.amibakery.lambdas.ReservedTags;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;

/** The little that is kept of each image of the family, so that 100,000 of them fit into a small function. */
record OwnImage(
        String imageId, String name, Instant createdAt, Standing standing, Protection protection, Withdrawn withdrawn) {
    static final Comparator<OwnImage> OLDEST_FIRST =
            Comparator.comparing(OwnImage::createdAt).thenComparing(OwnImage::imageId);

    /** What an image is worth, from its state in EC2 and its tag {@code ami-bakery:state}. */
    enum Standing {
        /** Tagged good and available: counts towards the images to keep. */
        GOOD,
        /** Tagged good but not launchable any more: disabled, or broken. */
        WITHDRAWN,
        /** Its bake failed. */
        FAILED,
        /** Of a bake that still runs or was lost: the reaper's business. */
        BAKING,
        /** EC2 is still making it. */
        UNFINISHED,
        /** Not understood. */
        UNKNOWN
    }

    /** Deregistration protection (Image, DeregistrationProtection); a cooldown counts as protection. */
    enum Protection {
        NONE,
        PROTECTED
    }

    /** Reads an image; fails with DateTimeParseException on a creation date that is not ISO. */
    static OwnImage of(Image image) {
        return new OwnImage(
                image.imageId(),
                String.valueOf(image.name()),
                Instant.parse(String.valueOf(image.creationDate())),
                standingOf(image),
                protectionOf(image),
                Withdrawn.of(image));
    }

    static List<String> snapshotsOf(Image image) {
        return image.blockDeviceMappings().stream()
                .filter(mapping -> mapping.ebs() != null)
                .map(mapping -> mapping.ebs())
                .map(EbsBlockDevice::snapshotId)
                .filter(id -> id != null && !id.isEmpty())
                .distinct()
                .toList();
    }

    static Standing standingOf(Image image) {
        String tag = ReservedTags.value(image.tags(), ReservedTags.STATE).orElse("");
        if (tag.equals("baking")) {
            return Standing.BAKING;
        }
        return switch (image.state()) {
            case PENDING, TRANSIENT -> Standing.UNFINISHED;
            case AVAILABLE -> tagged(tag, Standing.GOOD);
            case DISABLED, FAILED, ERROR, INVALID -> tagged(tag, Standing.WITHDRAWN);
            case DEREGISTERED, UNKNOWN_TO_SDK_VERSION -> Standing.UNKNOWN;
        };
    }

    private static Standing tagged(String tag, Standing ifGood) {
        return switch (tag) {
            case "good" -> ifGood;
            case "failed" -> Standing.FAILED;
            default -> Standing.UNKNOWN;
        };
    }

    private static Protection protectionOf(Image image) {
        String protection = image.deregistrationProtection();
        return protection == null || protection.equals("disabled") ? Protection.NONE : Protection.PROTECTED;
    }
}
