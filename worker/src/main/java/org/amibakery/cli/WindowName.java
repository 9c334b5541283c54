package org.amibakery.cli;

import org.amibakery.window.MaintenanceWindowWorkflow;

/** Reads a window's name as people type it. */
final class WindowName {
    private static final String PREFIX = MaintenanceWindowWorkflow.id("");

    private WindowName() {}

    /** The name itself, of {@code weekly} and {@code window/weekly} alike. */
    static String of(String typed) {
        return typed.startsWith(PREFIX) ? typed.substring(PREFIX.length()) : typed;
    }
}
