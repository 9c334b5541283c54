package org.amibakery.bake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.amibakery.recipe.Durations;

/** Reads durations as histories hold them ({@code PT4H}) and as people write them ({@code 4h}); a number has no unit. */
final class DurationReader extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationReader() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String text = json.currentToken().isStructStart() ? "" : json.getText();
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw InvalidFormatException.from(json, "no duration", text, Duration.class);
        }
        try {
            return text.startsWith("-") ? Duration.parse(text) : Durations.parse(text);
        } catch (IllegalArgumentException | DateTimeParseException other) {
            throw InvalidFormatException.from(json, "no duration", text, Duration.class);
        }
    }
}
