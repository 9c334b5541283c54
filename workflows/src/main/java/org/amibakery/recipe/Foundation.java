package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Says which vendor image a bake starts from: the newest one of these owners whose name fits.
 *
 * @param name a name pattern with the wildcards {@code *} and {@code ?} of DescribeImages
 * @param owners account ids or the aliases {@code amazon}, {@code aws-marketplace}, {@code self}; never empty,
 *     because a name alone can be taken by anybody (packer#6584)
 * @param includeDeprecated whether an image past its deprecation time may be used
 */
public record Foundation(String name, List<String> owners, Architecture architecture, boolean includeDeprecated) {
    public Foundation {
        requireNonNull(name, "name");
        owners = owners == null ? List.of() : List.copyOf(owners);
        architecture = architecture == null ? Architecture.X86_64 : architecture;
    }
}
