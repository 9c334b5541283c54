package org.amibakery.lambdas.cleanup;

/**
 * An image that was to go and of which AWS refused a part.
 *
 * @param imageId the image; it may be gone with only a snapshot left
 * @param code the AWS code, or {@code NoAnswer} when it is unknown what AWS did
 * @param message what was refused, what that means, and what to do
 */
public record FailedImage(String imageId, String code, String message) {}
