package org.amibakery.watch;

/**
 * Survives a worker as heartbeat details. Its JSON is that of a {@link org.amibakery.failure.LastSighting} and a little
 * more, so that a time-out can say what was seen last.
 *
 * @param seen whether it was visible at least once, so that its absence means it is gone
 */
record WaitDetails(String id, String state, boolean seen) {}
