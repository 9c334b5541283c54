package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What EC2 demands of tags: 50 a resource, keys of 1 to 128 characters, values of at most 256, no aws: prefix. */
final class TagRules {
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private TagRules() {}

    /** Checks every specification and tells the tags of one resource type. */
    static Map<String, String> tagsFor(String type, List<TagSpecification> specifications, Set<String> taggable) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (TagSpecification specification : specifications) {
            String named = specification.resourceTypeAsString();
            if (named == null) {
                throw refused("InvalidParameterValue", "Tag specification resource type must have a value");
            }
            if (!taggable.contains(named)) {
                throw refused(
                        "InvalidParameterValue",
                        "'" + named + "' is not a valid taggable resource type for this operation.");
            }
            Map<String, String> checked = check(specification.tags());
            if (named.equals(type)) {
                tags.putAll(checked);
            }
        }
        return tags;
    }

    static Map<String, String> check(List<Tag> tags) {
        Map<String, String> checked = new LinkedHashMap<>();
        for (Tag tag : tags) {
            String key = tag.key() == null ? "" : tag.key();
            String value = tag.value() == null ? "" : tag.value();
            checkOne(key, value);
            if (checked.put(key, value) != null) {
                throw refused("InvalidParameterValue", "Duplicate tag key '" + key + "' specified.");
            }
        }
        checkCount(checked);
        return checked;
    }

    /** Refuses to let a resource have more tags than EC2 keeps. */
    static void checkCount(Map<String, String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw refused("TagLimitExceeded", "More than " + MOST_TAGS + " tags specified");
        }
    }

    private static void checkOne(String key, String value) {
        if (key.isEmpty()) {
            throw refused("InvalidParameterValue", "Tag key cannot be empty");
        }
        if (key.startsWith("aws:")) {
            throw refused("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
        }
        if (key.length() > LONGEST_KEY) {
            throw refused(
                    "InvalidParameterValue", "Tag key exceeds the maximum length of " + LONGEST_KEY + " characters");
        }
        if (value.length() > LONGEST_VALUE) {
            throw refused(
                    "InvalidParameterValue",
                    "Tag value exceeds the maximum length of " + LONGEST_VALUE + " characters");
        }
    }
}
