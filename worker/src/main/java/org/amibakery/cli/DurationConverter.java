package org.amibakery.cli;

import java.time.Duration;
import org.amibakery.recipe.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations with their unit, as recipes write them. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            Duration duration = Durations.parse(text);
            if (duration.isZero()) {
                throw new TypeConversionException("\"%s\" is no time at all; write for example 2h".formatted(text));
            }
            return duration;
        } catch (IllegalArgumentException notADuration) {
            throw new TypeConversionException(notADuration.getMessage());
        }
    }
}
