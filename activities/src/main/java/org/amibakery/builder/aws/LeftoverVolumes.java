package org.amibakery.builder.aws;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.recipe.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * Finds the volumes that dead builders left, and deletes those that are free. A volume is a builder's when it is attached
 * to it, or free and tagged by the builder's bake: a dead instance has no attachments any more.
 */
final class LeftoverVolumes {
    private static final String BAKE_TAG = "ami-bakery:bake";

    private static final Logger log = LoggerFactory.getLogger(LeftoverVolumes.class);

    private final Ec2Client ec2;
    private final Region region;

    LeftoverVolumes(Ec2Client ec2, Region region) {
        this.ec2 = ec2;
        this.region = region;
    }

    /**
     * Lists what is left by instance id, after deleting what can be.
     *
     * @param ids dead builders, visible or not
     * @param visible those of them that EC2 still shows, with their tags
     */
    Map<String, List<Volume>> clear(Set<String> ids, Map<String, Instance> visible) {
        Map<String, List<Volume>> left = new LinkedHashMap<>();
        for (Volume volume : find("attachment.instance-id", ids)) {
            volume.attachments().stream()
                    .filter(attachment -> ids.contains(attachment.instanceId()))
                    .forEach(attachment -> add(left, attachment.instanceId(), volume));
        }
        Map<String, Set<String>> idsByBake = idsByBake(visible);
        for (Volume volume : find("tag:" + BAKE_TAG, idsByBake.keySet())) {
            if (volume.state() == VolumeState.AVAILABLE) {
                delete(volume);
                bake(volume.tags()).stream()
                        .flatMap(bake -> idsByBake.getOrDefault(bake, Set.of()).stream())
                        .forEach(id -> add(left, id, volume));
            }
        }
        return left;
    }

    private static void add(Map<String, List<Volume>> left, String instanceId, Volume volume) {
        left.computeIfAbsent(instanceId, id -> new ArrayList<>()).add(volume);
    }

    private static Map<String, Set<String>> idsByBake(Map<String, Instance> visible) {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        visible.forEach((id, instance) -> bake(instance.tags())
                .ifPresent(bake ->
                        ids.computeIfAbsent(bake, key -> new LinkedHashSet<>()).add(id)));
        return ids;
    }

    private static Optional<String> bake(List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.key().equals(BAKE_TAG))
                .map(Tag::value)
                .findFirst();
    }

    private List<Volume> find(String filter, Collection<String> values) {
        if (values.isEmpty()) {
            return List.of(); // EC2 refuses a filter without values
        }
        Filter wanted = Filter.builder().name(filter).values(values).build();
        return Ec2Errors.DESCRIBE_FOR_CLEANUP.guard(
                "DescribeVolumes",
                region,
                () -> ec2.describeVolumesPaginator(request -> request.filters(wanted)).volumes().stream()
                        .toList());
    }

    /** One that cannot be deleted is left, and must not hold up the builders of other bakes. */
    private void delete(Volume volume) {
        try {
            Ec2Errors.DELETE_VOLUME.perform(
                    "DeleteVolume", region, () -> ec2.deleteVolume(request -> request.volumeId(volume.volumeId())));
        } catch (ApplicationFailure refused) {
            log.warn(
                    "A builder's volume could not be deleted; it is tried again id={} reason={}",
                    volume.volumeId(),
                    refused.getOriginalMessage());
        }
    }

    /** What is left, in words. */
    static String describe(List<Volume> volumes) {
        return String.join(
                ", ",
                volumes.stream()
                        .map(volume -> "%s %s".formatted(volume.volumeId(), volume.stateAsString()))
                        .toList());
    }
}
