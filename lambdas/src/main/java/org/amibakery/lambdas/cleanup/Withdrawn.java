package org.amibakery.lambdas.cleanup;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.amibakery.lambdas.ReservedTags;
import software.amazon.awssdk.services.ec2.model.Image;

/**
 * How far an image is withdrawn already.
 *
 * @param access whether it can be launched
 * @param deprecatedAt when it is or was deprecated (Image, DeprecationTime); absent if never, or if unreadable
 * @param disabledAt its tag {@code ami-bakery:disabled-at} as written, which a person may have changed
 */
record Withdrawn(Access access, Optional<Instant> deprecatedAt, Optional<String> disabledAt) {

    /** What EC2 lets be done with an image. */
    enum Access {
        /** Instances can be launched from it. */
        LAUNCHABLE,
        /** It was disabled, and can be enabled again. */
        DISABLED,
        /** It is not finished, or broken: there is nothing to withdraw. */
        NONE
    }

    static Withdrawn of(Image image) {
        return new Withdrawn(
                accessTo(image),
                Optional.ofNullable(image.deprecationTime()).flatMap(Withdrawn::read),
                ReservedTags.value(image.tags(), ReservedTags.DISABLED_AT));
    }

    /** Reads an instant; absent if it is none. */
    static Optional<Instant> read(String instant) {
        try {
            return Optional.of(Instant.parse(instant));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static Access accessTo(Image image) {
        return switch (image.state()) {
            case AVAILABLE -> Access.LAUNCHABLE;
            case DISABLED -> Access.DISABLED;
            case PENDING, TRANSIENT, FAILED, ERROR, INVALID, DEREGISTERED, UNKNOWN_TO_SDK_VERSION -> Access.NONE;
        };
    }
}
