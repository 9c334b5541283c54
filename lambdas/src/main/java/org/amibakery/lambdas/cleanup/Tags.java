package org.amibakery.lambdas.cleanup;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The reserved tags by which images and snapshots are known to be of a family; only their owner sees them. */
final class Tags {
    static final String STACK = "ami-bakery:stack";
    static final String RECIPE = "ami-bakery:recipe";
    static final String STATE = "ami-bakery:state";
    static final String IMAGE = "ami-bakery:image";

    private Tags() {}

    static Optional<String> value(List<Tag> tags, String key) {
        return tags.stream()
                .filter(tag -> key.equals(tag.key()))
                .map(Tag::value)
                .findFirst();
    }

    static boolean belongTo(CleanUpImagesRequest request, List<Tag> tags) {
        return value(tags, STACK).filter(request.stack()::equals).isPresent()
                && value(tags, RECIPE).filter(request.family()::equals).isPresent();
    }

    /** EC2 reads * and ? in filter values as wildcards, hence the second look by {@link #belongTo}. */
    static List<Filter> filters(CleanUpImagesRequest request) {
        return List.of(filter("tag:" + STACK, request.stack()), filter("tag:" + RECIPE, request.family()));
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
