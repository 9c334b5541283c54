package org.amibakery.reaper;

import java.util.Optional;

/**
 * Asks where to look.
 *
 * @param stack refused when the worker serves another installation
 */
public record FindRegions(Optional<String> stack) {
    public FindRegions {
        stack = stack == null ? Optional.empty() : stack;
    }
}
