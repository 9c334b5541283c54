package org.amibakery.window;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.amibakery.bake.BakeState;
import org.amibakery.recipe.ImageId;

/**
 * Tells how a bake ended that somebody else started.
 *
 * @param state {@code COMPLETED}, {@code FAILED} or {@code CANCELED}
 * @param message why it has no image; empty if it has one
 */
public record JoinedBake(BakeState state, Optional<ImageId> image, String message) {
    public JoinedBake {
        requireNonNull(state, "state");
        image = image == null ? Optional.empty() : image;
        message = message == null ? "" : message;
    }
}
