package org.amibakery.recipe;

import java.util.Optional;

/**
 * Says what must succeed on an instance launched from the new image.
 *
 * @param document an SSM document to run
 * @param command a shell command to run instead of a document
 */
public record ImageTest(Optional<String> document, Optional<String> command) {
    public ImageTest {
        document = document == null ? Optional.empty() : document;
        command = command == null ? Optional.empty() : command;
    }
}
