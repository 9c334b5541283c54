package org.amibakery.lambdas;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Matches by EC2's filters: any value of each filter, * and ? as wildcards; refuses names that it does not know. */
final class Filters {
    private static final int MOST_VALUES = 200;

    private Filters() {}

    static <T> boolean match(T item, List<Filter> filters, BiFunction<T, String, List<String>> values) {
        for (Filter filter : filters) {
            if (filter.values().isEmpty() || filter.values().size() > MOST_VALUES) {
                throw Faults.error("FilterLimitExceeded", "1 to 200 values a filter");
            }
            List<String> present = values.apply(item, filter.name());
            if (filter.values().stream().noneMatch(wanted -> matches(wanted, present))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String wanted, List<String> present) {
        return isPattern(wanted)
                ? present.stream().anyMatch(pattern(wanted).asMatchPredicate())
                : present.contains(wanted);
    }

    private static boolean isPattern(String wanted) {
        return wanted.indexOf('*') >= 0 || wanted.indexOf('?') >= 0;
    }

    static List<String> ofImage(Image image, String filter) {
        return switch (filter) {
            case "name" -> List.of(image.name());
            case "image-id" -> List.of(image.imageId());
            case "state" -> List.of(image.stateAsString());
            case "architecture" -> List.of(image.architectureAsString());
            case "root-device-type" -> List.of(image.rootDeviceTypeAsString());
            case "virtualization-type" -> List.of(image.virtualizationTypeAsString());
            case "block-device-mapping.snapshot-id" ->
                image.blockDeviceMappings().stream()
                        .map(mapping -> mapping.ebs().snapshotId())
                        .toList();
            default -> ofTags(image.tags(), filter);
        };
    }

    static List<String> ofSnapshot(Snapshot snapshot, String filter) {
        return filter.equals("snapshot-id") ? List.of(snapshot.snapshotId()) : ofTags(snapshot.tags(), filter);
    }

    static List<String> ofTags(List<Tag> tags, String filter) {
        if (filter.equals("tag-key")) {
            return tags.stream().map(Tag::key).toList();
        }
        if (!filter.startsWith("tag:")) {
            throw Faults.error("InvalidParameterValue", "The filter '" + filter + "' is invalid");
        }
        for (Tag tag : tags) {
            if (filter.endsWith(tag.key())
                    && filter.length() == "tag:".length() + tag.key().length()) {
                return List.of(tag.value());
            }
        }
        return List.of();
    }

    private static Pattern pattern(String wanted) {
        return Pattern.compile(Pattern.quote(wanted).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }
}
