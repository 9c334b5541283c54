package org.amibakery.window.reading;

import java.util.List;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Problem;

/** Thrown when a window cannot be opened as it is written, or one of its recipes not be baked. */
public final class InvalidWindow extends InvalidInput {
    private static final long serialVersionUID = 1L;

    InvalidWindow(List<Problem> problems) {
        super(problems);
    }
}
