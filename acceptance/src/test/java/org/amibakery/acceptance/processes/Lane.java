package org.amibakery.acceptance.processes;

/**
 * Names what tests hold that mostly wait for other programs, so that they follow each other beside those that are busy; one
 * at a time, since each starts several.
 */
public final class Lane {
    public static final String OF_PROGRAMS = "lane of programs";

    private Lane() {}
}
