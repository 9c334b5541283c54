package org.amibakery.change;

import java.time.Duration;
import java.util.Optional;
import org.amibakery.bake.BakeRequest;

/**
 * Asks whether a recipe is to be baked.
 *
 * @param rebakeAfter an image older than this is baked anew though nothing changed; absent means never
 */
public record FindChange(BakeRequest recipe, BakeWhen when, Optional<Duration> rebakeAfter) {
    public FindChange {
        recipe = recipe == null ? new BakeRequest(null) : recipe;
        when = when == null ? BakeWhen.CHANGED : when;
        rebakeAfter = rebakeAfter == null ? Optional.empty() : rebakeAfter;
    }
}
