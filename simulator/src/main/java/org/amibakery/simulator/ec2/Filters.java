package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * The filters one Describe operation knows: names join with AND, the values of one with OR, * and ? are wildcards and a
 * backslash takes their meaning away. An unknown name is an error, as on AWS, since it would silently match too much.
 */
final class Filters<T> {
    private static final int MOST_VALUES = 200;

    private final Map<String, Function<T, Collection<String>>> known = new LinkedHashMap<>();
    private Function<T, Map<String, String>> tags = resource -> Map.of();

    /** Knows a filter on one value. */
    Filters<T> on(String name, Function<T, String> value) {
        return onAny(name, value.andThen(List::of));
    }

    /** Knows a filter on several values, one of which must match. */
    Filters<T> onAny(String name, Function<T, Collection<String>> values) {
        known.put(name, values);
        return this;
    }

    /** Knows the filters tag:KEY, tag-key and tag-value. */
    Filters<T> onTags(Function<T, Map<String, String>> newTags) {
        tags = newTags;
        onAny("tag-key", tags.andThen(Map::keySet));
        return onAny("tag-value", tags.andThen(Map::values));
    }

    /** Knows the tag filters of a resource, with the lag of its tags. */
    static <R extends Ec2Resource> Filters<R> ofTagged(Instant now) {
        return new Filters<R>().onTags(resource -> resource.tags().at(now));
    }

    /** Turns the filters of a request into a condition; refuses what EC2 would refuse. */
    Predicate<T> parse(List<Filter> filters) {
        int values = filters.stream().mapToInt(filter -> filter.values().size()).sum();
        if (values > MOST_VALUES) {
            throw refused(
                    "FilterLimitExceeded",
                    "The maximum number of filter values specified on a single call is " + MOST_VALUES);
        }
        return filters.stream().map(this::parse).reduce(resource -> true, Predicate::and);
    }

    private Predicate<T> parse(Filter filter) {
        Function<T, Collection<String>> values = valuesOf(filter.name());
        List<Pattern> wanted = filter.values().stream().map(Filters::pattern).toList();
        return resource -> values.apply(resource).stream().anyMatch(value -> matchesAny(wanted, value));
    }

    private Function<T, Collection<String>> valuesOf(String name) {
        if (name != null && name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return resource -> {
                String value = tags.apply(resource).get(key);
                return value == null ? List.of() : List.of(value);
            };
        }
        Function<T, Collection<String>> values = name == null ? null : known.get(name);
        if (values == null) {
            throw refused("InvalidParameterValue", "The filter '" + name + "' is invalid");
        }
        return values;
    }

    private static boolean matchesAny(List<Pattern> patterns, String value) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(value).matches());
    }

    private static Pattern pattern(String wildcards) {
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (int at = 0; at < wildcards.length(); at++) {
            char letter = wildcards.charAt(at);
            if (!escaped && letter == '\\') {
                escaped = true;
                continue;
            }
            regex.append(!escaped && letter == '*' ? ".*" : !escaped && letter == '?' ? "." : quoted(letter));
            escaped = false;
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String quoted(char letter) {
        return Pattern.quote(String.valueOf(letter));
    }
}
