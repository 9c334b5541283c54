package org.amibakery.lambdas.cleanup;

import java.util.List;
import org.amibakery.lambdas.ReservedTags;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The reserved tags by which images and snapshots are known to be of a family; only their owner sees them. */
final class Tags {
    private Tags() {}

    static boolean belongTo(CleanUpImagesRequest request, List<Tag> tags) {
        return ReservedTags.value(tags, ReservedTags.STACK)
                        .filter(request.stack()::equals)
                        .isPresent()
                && ReservedTags.value(tags, ReservedTags.RECIPE)
                        .filter(request.family()::equals)
                        .isPresent()
                && bakedIn(request, tags).equals(request.bakedIn().orElse(request.region()));
    }

    /** A copy carries the workflow id of its bake elsewhere; what names no bake of the family counts as baked here. */
    private static String bakedIn(CleanUpImagesRequest request, List<Tag> tags) {
        String bakeOfFamily = "bake/" + request.family() + "/";
        return ReservedTags.value(tags, ReservedTags.BAKE)
                .filter(bake -> bake.startsWith(bakeOfFamily))
                .map(bake -> bake.substring(bakeOfFamily.length()))
                .orElse(request.region());
    }

    /** EC2 reads * and ? in filter values as wildcards, hence the second look by {@link #belongTo}. */
    static List<Filter> filters(CleanUpFamiliesRequest request) {
        return List.of(
                filter("tag:" + ReservedTags.STACK, List.of(request.stack())),
                filter("tag:" + ReservedTags.RECIPE, request.names()));
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
