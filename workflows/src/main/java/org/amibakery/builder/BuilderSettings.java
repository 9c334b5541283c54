package org.amibakery.builder;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.recipe.RootVolume;
import org.amibakery.recipe.SystemFamily;

/**
 * Says what every launch of a bake has in common, whatever its candidate.
 *
 * @param encrypted whether the root volume, and so the image, is encrypted
 * @param tags go on the instance, its volume and its network interface at launch
 * @param expires the builder powers itself off at this instant should everything else be dead
 * @param publicIp whether the builder gets a public address; absent from older histories, and false then
 */
public record BuilderSettings(
        SystemFamily system,
        List<String> securityGroups,
        String instanceProfile,
        RootVolume rootVolume,
        boolean encrypted,
        Map<String, String> tags,
        Instant expires,
        boolean publicIp) {

    public BuilderSettings {
        requireNonNull(system, "system");
        securityGroups = securityGroups == null ? List.of() : List.copyOf(securityGroups);
        requireNonNull(instanceProfile, "instanceProfile");
        requireNonNull(rootVolume, "rootVolume");
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        requireNonNull(expires, "expires");
    }
}
