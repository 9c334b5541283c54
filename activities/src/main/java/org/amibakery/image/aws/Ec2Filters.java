package org.amibakery.image.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Asks EC2 for images and snapshots by filter, and reads what its answers have in common. */
final class Ec2Filters {
    /** Marks whose bake an image is: the workflow id. */
    static final String BAKE_TAG = "ami-bakery:bake";

    /** A filter takes so many (EC2, Filter). */
    static final int MOST_VALUES = 200;

    static final String RUN_TAG = "ami-bakery:run";
    static final String STATE_TAG = "ami-bakery:state";

    private Ec2Filters() {}

    static Filter any(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** An exact value: EC2 reads {@code *} and {@code ?} as wildcards, and a backslash takes that away. */
    static Filter exactly(String name, String value) {
        return any(name, List.of(value.replaceAll("([\\\\*?])", "\\\\$1")));
    }

    static Map<String, String> tagsOf(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Tags that are on a thing from its birth. */
    static TagSpecification atCreation(ResourceType type, Map<String, String> tags) {
        return TagSpecification.builder().resourceType(type).tags(tags(tags)).build();
    }

    /** Those that exist already; a pending image may not name them yet. */
    static List<String> snapshotsOf(Image image) {
        return image.blockDeviceMappings().stream()
                .map(BlockDeviceMapping::ebs)
                .filter(Objects::nonNull)
                .map(EbsBlockDevice::snapshotId)
                .filter(Objects::nonNull)
                .toList();
    }
}
