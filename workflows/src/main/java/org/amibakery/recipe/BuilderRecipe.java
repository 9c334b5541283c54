package org.amibakery.recipe;

import java.util.List;

/**
 * Says what a builder is: the instance types to try in order, where, and its root volume.
 *
 * @param subnets subnets to try; empty means the installation's
 */
public record BuilderRecipe(List<String> instanceTypes, List<String> subnets, RootVolume rootVolume) {
    public BuilderRecipe {
        instanceTypes = instanceTypes == null ? List.of() : List.copyOf(instanceTypes);
        subnets = subnets == null ? List.of() : List.copyOf(subnets);
        rootVolume = rootVolume == null ? RootVolume.DEFAULT : rootVolume;
    }
}
