package org.amibakery.schedule;

import static java.util.Objects.requireNonNull;

import io.temporal.client.WorkflowExecutionAlreadyStarted;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.window.reading.WrittenWindow;

/**
 * Runs windows by a workflow with a cron expression, {@code window/<name>/cron}, where the server has no schedules: the
 * in-memory one. There is no pause, no catch-up and no jitter, and no time zone but UTC.
 */
public final class WindowCron {
    private static final String UTC = "UTC";

    private final TemporalConnection temporal;

    /** Takes the server and the namespace that bakes. */
    public WindowCron(TemporalConnection temporal) {
        this.temporal = requireNonNull(temporal, "temporal");
    }

    /** Says what became of an attempt to install one. */
    public enum Installed {
        NEW,
        /** One of that name runs already, and was left as it is. */
        AS_IT_WAS,
        /** The window's time zone cannot be kept. */
        REFUSED
    }

    /** Starts it, unless it runs already. */
    public Installed install(WrittenWindow window) {
        if (!window.file().timeZone().equals(UTC)) {
            return Installed.REFUSED;
        }
        try {
            temporal.client()
                    .newUntypedWorkflowStub(
                            MaintenanceWindowWorkflow.TYPE,
                            WindowSchedule.options(window.request())
                                    .setWorkflowId(id(window.file().name()))
                                    .setCronSchedule(window.file().cron())
                                    .build())
                    .start(window.request());
            return Installed.NEW;
        } catch (WorkflowExecutionAlreadyStarted there) {
            return Installed.AS_IT_WAS;
        }
    }

    /** Of its own, since a cron workflow is always open: a run by hand would wait for ever. */
    public static String id(String name) {
        return MaintenanceWindowWorkflow.id(name) + "/cron";
    }
}
