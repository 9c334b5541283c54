package org.amibakery.lambdas.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;

/**
 * Keeps an image that other accounts may launch and that was launched lately: their use cannot be seen from here.
 *
 * <p>Lately means within the age that the request asks for, and within two days at least, since LastLaunchedTime lags by
 * 24 h (DescribeImageAttribute). An image that was never launched has none.
 */
final class SharedLaunches {
    private static final Duration AT_LEAST = Duration.ofDays(2);

    private final Ec2Client ec2;
    private final Instant lately;

    SharedLaunches(Ec2Client ec2, Duration olderThan, Instant now) {
        this.ec2 = ec2;
        this.lately = now.minus(olderThan.compareTo(AT_LEAST) < 0 ? AT_LEAST : olderThan);
    }

    /** Tells when the shared image was launched lately, or nothing if it was not or is not shared. */
    Optional<String> reasonToKeep(String imageId) {
        try {
            if (attribute(imageId, ImageAttributeName.LAUNCH_PERMISSION)
                    .launchPermissions()
                    .isEmpty()) {
                return Optional.empty();
            }
            return Optional.ofNullable(attribute(imageId, ImageAttributeName.LAST_LAUNCHED_TIME)
                            .lastLaunchedTime())
                    .map(AttributeValue::value)
                    .filter(this::isLate)
                    .map(launched -> "is shared with other accounts and was last launched at " + launched);
        } catch (SdkException error) {
            return Optional.of(ImageUse.unchecked("DescribeImageAttribute", error));
        }
    }

    private boolean isLate(String launched) {
        try {
            return !Instant.parse(launched).isBefore(lately);
        } catch (DateTimeParseException unreadable) {
            return true; // in doubt it was
        }
    }

    private DescribeImageAttributeResponse attribute(String imageId, ImageAttributeName name) {
        return ec2.describeImageAttribute(DescribeImageAttributeRequest.builder()
                .imageId(imageId)
                .attribute(name)
                .build());
    }
}
