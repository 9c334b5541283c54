package org.amibakery.inventory;

import java.time.Instant;
import java.util.Optional;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/**
 * An image of the installation as EC2 and its tags tell of it.
 *
 * @param region where it lies
 * @param family the recipe that it was baked of
 * @param bakedIn the region whose bake made it: another one than {@code region} if it is a copy
 * @param foundation the image that its bake started from; absent when a tag does not tell
 * @param deprecatedAt when it is or was deprecated; absent if it never is
 * @param disabledAt since when retention has it disabled; absent if it is not, or a person disabled it
 * @param newestGood whether retention never lets it go, being the newest good one of its family and of its origin
 */
public record ListedImage(
        Region region,
        String family,
        Region bakedIn,
        ImageId id,
        String name,
        Instant createdAt,
        Optional<ImageId> foundation,
        State state,
        Optional<Instant> deprecatedAt,
        Optional<Instant> disabledAt,
        boolean newestGood) {

    /** What an image is worth. */
    public enum State {
        /** It was baked and tested, and can be launched. */
        GOOD,
        /** Its bake failed and its recipe keeps such images. */
        FAILED,
        /** Its bake still runs, or was lost. */
        BAKING,
        /** It cannot be launched until it is enabled again. */
        DISABLED,
        /** EC2 could not make it. */
        BROKEN,
        /** Neither good nor failed by its tags. */
        UNKNOWN
    }

    /** Whether another region's bake made it. */
    public boolean isCopy() {
        return !bakedIn.equals(region);
    }

    /** The same image, marked as the newest good one. */
    public ListedImage asNewestGood() {
        return new ListedImage(
                region, family, bakedIn, id, name, createdAt, foundation, state, deprecatedAt, disabledAt, true);
    }
}
