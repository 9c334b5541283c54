package org.amibakery.window;

import java.util.ArrayList;
import java.util.List;

/** Schedules that only remember who paused them; thread-safe. */
final class FakeSchedules implements ScheduleActivities {
    private final List<PauseSchedule> paused = new ArrayList<>();

    @Override
    public synchronized void pause(PauseSchedule request) {
        paused.add(request);
    }

    synchronized List<PauseSchedule> paused() {
        return List.copyOf(paused);
    }
}
