package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Replaces one value of what was written, for one use of it.
 *
 * @param path keys and list indexes joined by dots, {@code builder.instanceTypes.0}; also {@code instanceTypes[0]}
 * @param value a YAML value; {@code null} takes the key away
 * @param source how the user gave it, for messages: {@code --set deadline=6h}
 */
public record Setting(String path, String value, String source) {
    public Setting {
        requireNonNull(path, "path");
        requireNonNull(value, "value");
        requireNonNull(source, "source");
    }

    /**
     * Reads the argument of {@code --set}.
     *
     * @throws InvalidInput when it is no {@code KEY=VALUE}
     */
    public static Setting parse(String argument) {
        int equals = argument.indexOf('=');
        String source = "--set " + argument;
        if (equals <= 0) {
            throw new InvalidInput(List.of(new Problem(
                    Place.of(source), "", "names no key and value; write KEY=VALUE, such as --set deadline=6h")));
        }
        return new Setting(argument.substring(0, equals).strip(), argument.substring(equals + 1), source);
    }
}
