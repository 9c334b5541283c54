package org.amibakery.lambdas.cleanup;

import java.time.Instant;

/**
 * An image that stays.
 *
 * @param imageId for example {@code ami-0123456789abcdef0}
 * @param name its name
 * @param createdAt when it was made
 * @param reason why it stays, as a sentence's end: "is in use by …"
 */
public record KeptImage(String imageId, String name, Instant createdAt, String reason) {}
