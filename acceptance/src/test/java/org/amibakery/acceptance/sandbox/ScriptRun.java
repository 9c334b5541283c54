package org.amibakery.acceptance.sandbox;

/**
 * What came of a script.
 *
 * @param output both streams, in the order they were written
 */
public record ScriptRun(int exitCode, String output) {}
