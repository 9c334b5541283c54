package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.amibakery.recipe.Durations;

/**
 * Makes a record of a tree that fits its schema.
 *
 * @param complaint why there is no value; the schema is narrow enough for this to be rare
 */
record TreeMapping<T>(Optional<T> value, Optional<Complaint> complaint) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()));

    TreeMapping {
        requireNonNull(value, "value");
        requireNonNull(complaint, "complaint");
    }

    /** Makes a record of the tree; durations are read as authors write them. */
    static <T> TreeMapping<T> of(JsonNode tree, Class<T> type) {
        try {
            return new TreeMapping<>(Optional.ofNullable(MAPPER.treeToValue(tree, type)), Optional.empty());
        } catch (JsonMappingException refused) {
            StringBuilder pointer = new StringBuilder();
            for (JsonMappingException.Reference step : refused.getPath()) {
                pointer.append(
                        step.getFieldName() == null
                                ? Pointers.entry("", step.getIndex())
                                : Pointers.entry("", step.getFieldName()));
            }
            return new TreeMapping<>(
                    Optional.empty(), Optional.of(new Complaint(pointer.toString(), deepest(refused))));
        } catch (JsonProcessingException unreadable) {
            return new TreeMapping<>(Optional.empty(), Optional.of(new Complaint("", unreadable.getOriginalMessage())));
        }
    }

    private static String deepest(JsonMappingException refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(cause.getMessage());
    }

    private static final class DurationReader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Durations.parse(parser.getText());
            } catch (IllegalArgumentException refused) {
                throw JsonMappingException.from(parser, refused.getMessage());
            }
        }
    }
}
