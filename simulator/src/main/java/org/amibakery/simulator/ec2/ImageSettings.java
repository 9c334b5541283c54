package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.ec2.model.DisableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.DisableImageDeregistrationProtectionRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageDeregistrationProtectionResponse;
import software.amazon.awssdk.services.ec2.model.DisableImageRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeregistrationProtectionRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeregistrationProtectionResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageResponse;
import software.amazon.awssdk.services.ec2.model.GetImageBlockPublicAccessStateRequest;
import software.amazon.awssdk.services.ec2.model.GetImageBlockPublicAccessStateResponse;

/** Switches of an image: deprecated, disabled, protected. */
final class ImageSettings {
    private static final int MOST_YEARS_AHEAD = 10;
    private static final int MOST_YEARS_OF_A_PUBLIC_IMAGE = 2;
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Ec2Place here;
    private final ImageAccess access;

    ImageSettings(Ec2Place here) {
        this.here = here;
        this.access = new ImageAccess(here);
    }

    EnableImageDeprecationResponse enableDeprecation(EnableImageDeprecationRequest request) {
        StoredImage image = access.own(request.imageId());
        Instant moment = LaunchChecks.require(request.deprecateAt(), "DeprecateAt");
        if (moment.isBefore(here.now()) || moment.isAfter(latestDeprecation(image))) {
            throw refused(
                    "InvalidParameterValue",
                    "Value (" + moment + ") for parameter deprecateAt is invalid. The date must be in the future and at"
                            + " most 10 years ahead, or for a public AMI 2 years after its creation.");
        }
        image.deprecateAt(moment.plus(HALF_A_MINUTE).truncatedTo(ChronoUnit.MINUTES)); // EC2 rounds (DeprecateAt)
        return EnableImageDeprecationResponse.builder().returnValue(true).build();
    }

    private Instant latestDeprecation(StoredImage image) {
        return image.isPublic()
                ? yearsAfter(image.createdAt(), MOST_YEARS_OF_A_PUBLIC_IMAGE)
                : yearsAfter(here.now(), MOST_YEARS_AHEAD);
    }

    private static Instant yearsAfter(Instant start, int years) {
        return start.atZone(ZoneOffset.UTC).plusYears(years).toInstant();
    }

    DisableImageDeprecationResponse disableDeprecation(DisableImageDeprecationRequest request) {
        access.own(request.imageId()).cancelDeprecation();
        return DisableImageDeprecationResponse.builder().returnValue(true).build();
    }

    DisableImageResponse disable(DisableImageRequest request) {
        StoredImage image = access.own(request.imageId());
        requireState(image, "available");
        image.disable(here.now());
        return DisableImageResponse.builder().returnValue(true).build();
    }

    EnableImageResponse enable(EnableImageRequest request) {
        StoredImage image = access.own(request.imageId());
        requireState(image, "disabled");
        image.enable(here.now());
        return EnableImageResponse.builder().returnValue(true).build();
    }

    EnableImageDeregistrationProtectionResponse protect(EnableImageDeregistrationProtectionRequest request) {
        StoredImage image = access.own(request.imageId());
        image.protection().enable(Boolean.TRUE.equals(request.withCooldown()));
        return EnableImageDeregistrationProtectionResponse.builder()
                .returnValue(image.protection().describeAt(here.now()))
                .build();
    }

    DisableImageDeregistrationProtectionResponse unprotect(DisableImageDeregistrationProtectionRequest request) {
        StoredImage image = access.own(request.imageId());
        image.protection().disable(here.after(here.timings().deregistrationCooldown()));
        return DisableImageDeregistrationProtectionResponse.builder()
                .returnValue(image.protection().describeAt(here.now()))
                .build();
    }

    GetImageBlockPublicAccessStateResponse blockPublicAccess(GetImageBlockPublicAccessStateRequest request) {
        return GetImageBlockPublicAccessStateResponse.builder()
                .imageBlockPublicAccessState(
                        here.behaviour().isPublicSharingBlocked() ? "block-new-sharing" : "unblocked")
                .managedBy("account")
                .build();
    }

    private void requireState(StoredImage image, String state) {
        String now = image.stateAt(here.now());
        if (!now.equals(state)) {
            throw refused(
                    "InvalidAMIID.Unavailable",
                    "The image ID '" + image.id() + "' is in state '" + now + "', not '" + state + "'");
        }
    }
}
