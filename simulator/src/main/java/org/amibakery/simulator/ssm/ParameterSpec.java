package org.amibakery.simulator.ssm;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes one parameter a document declares.
 *
 * @param name the parameter's name
 * @param kind String or StringList, the two kinds Run Command passes here
 * @param description the text for people
 * @param defaultValues the values used when the caller sends none
 * @param allowedPattern what every value, defaults too, must contain; a search, so unanchored ones prove little
 * @param allowedValues the only values allowed, if the document lists them
 * @param interpolation how the value reaches the script
 */
record ParameterSpec(
        String name,
        Kind kind,
        String description,
        Optional<List<String>> defaultValues,
        Optional<Pattern> allowedPattern,
        List<String> allowedValues,
        Interpolation interpolation) {
    /** Says how many values a parameter has. */
    enum Kind {
        STRING,
        STRING_LIST
    }

    /** Says how a value reaches the script: replaced in its text, or (also) as the variable SSM_name. */
    enum Interpolation {
        TEXT,
        ENV_VAR
    }

    boolean allows(String value) {
        return (allowedValues.isEmpty() || allowedValues.contains(value))
                && allowedPattern.map(pattern -> pattern.matcher(value).find()).orElse(true);
    }
}
