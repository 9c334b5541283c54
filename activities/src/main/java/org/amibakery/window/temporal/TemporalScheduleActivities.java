package org.amibakery.window.temporal;

import static java.util.Objects.requireNonNull;

import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import org.amibakery.window.PauseSchedule;
import org.amibakery.window.ScheduleActivities;

/** Pauses schedules of the namespace that bakes. */
public final class TemporalScheduleActivities implements ScheduleActivities {
    private final ScheduleClient schedules;

    /** Takes the way to the namespace. */
    public TemporalScheduleActivities(WorkflowClient temporal) {
        requireNonNull(temporal, "temporal");
        schedules = ScheduleClient.newInstance(
                temporal.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.getOptions().getNamespace())
                        .build());
    }

    @Override
    public void pause(PauseSchedule request) {
        schedules.getHandle(request.scheduleId()).pause(request.note());
    }
}
