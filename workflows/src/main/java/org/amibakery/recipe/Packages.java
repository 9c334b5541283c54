package org.amibakery.recipe;

import java.util.List;

/** Names the packages a bake installs beyond the mandatory updates. */
public record Packages(List<String> install) {
    public Packages {
        install = install == null ? List.of() : List.copyOf(install);
    }
}
