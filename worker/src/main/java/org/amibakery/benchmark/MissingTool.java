package org.amibakery.benchmark;

/** Something that has to be there for a benchmark is not; the message says how to get it. Nothing was started. */
public final class MissingTool extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingTool(String message) {
        super(message);
    }
}
