package org.amibakery.lambdas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Reads instants and durations from ISO text alone: a bare number does not say whether it counts seconds or days. */
final class IsoTimesOnly extends SimpleModule {
    private static final long serialVersionUID = 1L;

    IsoTimesOnly() {
        super("iso-times-only");
        addDeserializer(Duration.class, new IsoText<>(Duration.class, Duration::parse));
        addDeserializer(Instant.class, new IsoText<>(Instant.class, Instant::parse));
    }

    private static final class IsoText<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final Class<T> type;
        private final transient Function<CharSequence, T> parser;

        IsoText(Class<T> type, Function<CharSequence, T> parser) {
            super(type);
            this.type = type;
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(type, "not a text");
            }
            try {
                return parser.apply(json.getText());
            } catch (DateTimeException error) {
                return context.reportInputMismatch(type, "not ISO");
            }
        }
    }
}
