package org.amibakery.configuration;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Names the functions that find foundation images and clean up old ones.
 *
 * @param inProcess whether the worker runs them itself; their names are not used then
 * @param findFoundationImage a Lambda function's name or ARN
 * @param cleanUpImages a Lambda function's name or ARN
 */
public record Functions(boolean inProcess, String findFoundationImage, String cleanUpImages) {
    public Functions {
        requireNonNull(findFoundationImage, "findFoundationImage");
        requireNonNull(cleanUpImages, "cleanUpImages");
    }

    /** Where {@code find-foundation-image} is asked on Lambda; empty when it runs in the worker. */
    public Optional<String> deployedFindFoundationImage() {
        return inProcess ? Optional.empty() : Optional.of(findFoundationImage);
    }

    /** Where {@code clean-up-images} is asked on Lambda; empty when it runs in the worker. */
    public Optional<String> deployedCleanUpImages() {
        return inProcess ? Optional.empty() : Optional.of(cleanUpImages);
    }
}
