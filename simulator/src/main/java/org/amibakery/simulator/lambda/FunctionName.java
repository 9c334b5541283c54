package org.amibakery.simulator.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;

/**
 * Reads the ways to name a function (Lambda Invoke, FunctionName): name, name:qualifier, partial ARN, ARN.
 *
 * @param arn the ARN without qualifier
 * @param qualifier the version or alias, if one was named
 */
record FunctionName(String arn, Optional<String> qualifier) {
    private static final Pattern SHAPE =
            Pattern.compile("(?:(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?<account>\\d{12}):)?"
                    + "(?:function:)?(?<name>[A-Za-z0-9-_]{1,64})(?::(?<qualifier>\\$LATEST|[A-Za-z0-9-_]+))?");

    static String arn(Place place, String name) {
        return "arn:aws:lambda:" + place.region() + ":" + place.account() + ":function:" + name;
    }

    static FunctionName parse(Place place, String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw SimulatorError.refused(
                    "ValidationException",
                    "1 validation error detected: Value '" + text + "' at 'functionName' failed to satisfy constraint:"
                            + " Member must satisfy regular expression pattern:"
                            + " (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
                            + "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
        }
        Place named = new Place(
                Optional.ofNullable(matcher.group("account")).orElse(place.account()),
                Optional.ofNullable(matcher.group("region")).orElse(place.region()));
        return new FunctionName(arn(named, matcher.group("name")), Optional.ofNullable(matcher.group("qualifier")));
    }
}
