package org.amibakery.cli;

import java.util.Optional;
import org.amibakery.schedule.WindowRun;
import org.amibakery.window.WindowReport;

/**
 * Tells how a run of a window stands.
 *
 * @param state in a word, such as {@code completed} or {@code terminated}
 * @param report absent where none can be had
 */
record WindowStand(WindowRun run, String state, Optional<WindowReport> report) {}
