package org.amibakery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.amibakery.cli.ColorChoice.Stream;

/**
 * Writes what a command has to say where it belongs: its result to standard output, everything else to standard error.
 */
public final class Console {
    private static final ObjectMapper LINES = new ObjectMapper();
    private static final ObjectMapper DOCUMENTS = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Surroundings surroundings;
    private final OutputOptions options;

    /** Takes where to write, and how the user wants it. */
    public Console(Surroundings surroundings, OutputOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** How the user wants the result. */
    public OutputFormat format() {
        return options.format();
    }

    /** Writes the result for people; says nothing when another format is wanted. */
    public void text(String text) {
        if (format() == OutputFormat.TEXT) {
            surroundings.out().println(text);
        }
    }

    /** Writes the result for programs; says nothing to people. */
    public void json(JsonNode document) {
        switch (format()) {
            case JSON -> surroundings.out().println(write(DOCUMENTS, document));
            case JSONL -> jsonLine(document);
            case TEXT, NONE -> {}
        }
    }

    /** Writes a result that is JSON for people too. */
    public void document(JsonNode document) {
        if (format() == OutputFormat.TEXT) {
            text(write(DOCUMENTS, document));
        } else {
            json(document);
        }
    }

    /** Writes one of several results, or an event, on a line of its own; only where that is wanted. */
    public void jsonLine(JsonNode document) {
        if (format() == OutputFormat.JSONL) {
            surroundings.out().println(write(LINES, document));
        }
    }

    /** Tells of progress, unless nothing is wanted. */
    public void progress(String line) {
        if (format() != OutputFormat.NONE) {
            surroundings.err().println(line);
        }
    }

    /** Tells what went wrong, whatever format is wanted. */
    public void error(String message) {
        surroundings.err().println(message);
    }

    /** The colours of results. */
    Palette palette() {
        return options.color()
                .palette(surroundings.environment(), surroundings.screen().out());
    }

    /** The colours of progress. */
    Palette progressPalette() {
        return options.color()
                .palette(surroundings.environment(), surroundings.screen().err());
    }

    /** Whether progress may be redrawn in place: on a terminal that can, with no log between. */
    boolean isLive() {
        boolean dumb = "dumb".equals(surroundings.environment().get("TERM"));
        return surroundings.screen().err() == Stream.TERMINAL && !dumb && !options.isDebugging();
    }

    Screen.Size size() {
        return surroundings.screen().size();
    }

    /** Writes control sequences and text at once, so that no half-drawn frame is seen. */
    void frame(String text) {
        surroundings.err().print(text);
        surroundings.err().flush();
    }

    /** Shows the cursor again, should a live view have hidden it. */
    void restoreTerminal() {
        if (isLive()) {
            frame(LiveProgress.SHOW_CURSOR);
        }
    }

    Clock clock() {
        return surroundings.clock();
    }

    private static String write(ObjectMapper mapper, JsonNode document) {
        try {
            return mapper.writeValueAsString(document);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
