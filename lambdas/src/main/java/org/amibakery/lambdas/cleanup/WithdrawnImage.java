package org.amibakery.lambdas.cleanup;

import java.time.Instant;

/**
 * An image that was taken one step out of use, or would have been.
 *
 * @param imageId for example {@code ami-0123456789abcdef0}
 * @param name its name
 * @param createdAt when it was made
 * @param step what was done
 * @param until it stays as it is until then at least; a later run takes the next step
 * @param reason why it had to go
 */
public record WithdrawnImage(
        String imageId, String name, Instant createdAt, WithdrawalStep step, Instant until, String reason) {}
