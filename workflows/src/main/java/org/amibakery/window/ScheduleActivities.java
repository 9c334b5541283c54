package org.amibakery.window;

import io.temporal.activity.ActivityInterface;

/** Acts on the schedule that starts a window. Repeatable: one that is paused stays paused. */
@ActivityInterface(namePrefix = "Schedule.")
public interface ScheduleActivities {
    /** Pauses it until a person resumes it. One that is gone needs no pause. */
    void pause(PauseSchedule request);
}
