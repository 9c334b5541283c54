package org.amibakery.schedule;

import static java.util.Objects.requireNonNull;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleListActionStartWorkflow;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.amibakery.schedule.WindowChange.Kind;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.MaintenanceWindow;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.window.reading.WrittenWindow;

/**
 * Keeps the windows of a namespace as Temporal Schedules of the same id as their runs begin with, {@code window/<name>}. A
 * schedule of that id that starts something else is not ours, and never touched.
 */
public final class WindowSchedules {
    private static final String PREFIX = MaintenanceWindowWorkflow.id("");

    private final TemporalConnection temporal;
    private final ScheduleClient schedules;

    /** Takes the server and the namespace that bakes. */
    public WindowSchedules(TemporalConnection temporal) {
        this.temporal = requireNonNull(temporal, "temporal");
        schedules = Schedules.of(temporal);
    }

    /** Tells how a window's file differs from what Temporal has, and changes nothing. */
    public WindowChange compare(WrittenWindow window) {
        return asked(() -> compare(window, described(window.file().name())));
    }

    /** Brings what Temporal has in line with a window's file; a window that is paused stays so. */
    public WindowChange apply(WrittenWindow window) {
        return asked(() -> {
            String name = window.file().name();
            WindowChange change = compare(window, described(name));
            switch (change.kind()) {
                case NEW -> create(window);
                case CHANGED ->
                    handle(name)
                            .update(before -> new ScheduleUpdate(WindowSchedule.of(
                                    window,
                                    before.getDescription().getSchedule().getState())));
                case UNCHANGED -> {}
            }
            return change;
        });
    }

    /** All windows, by their names. */
    public List<ScheduledWindow> all() {
        return names().stream()
                .flatMap(name -> asked(() -> described(name)).stream())
                .map(WindowSchedules::read)
                .toList();
    }

    /**
     * One window.
     *
     * @throws UnknownWindow when Temporal has none of that name
     */
    public ScheduledWindow named(String name) {
        return asked(() -> described(name)).map(WindowSchedules::read).orElseThrow(() -> unknown(name));
    }

    /** Lets nothing open it until it is resumed; a run that is under way goes on. */
    public void pause(String name, String why) {
        change(name, schedule -> schedule.pause(why));
    }

    /** Lets it open again. */
    public void resume(String name, String note) {
        change(name, schedule -> schedule.unpause(note));
    }

    /** Opens it now, unless it is open. */
    public void trigger(String name) {
        change(name, schedule -> schedule.trigger(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP));
    }

    /**
     * Starts a run beside the schedule that bakes every recipe, changed or not: what a schedule starts is fixed.
     *
     * @throws io.temporal.client.WorkflowExecutionAlreadyStarted when such a run goes on
     */
    public WorkflowExecution startForced(String name) {
        MaintenanceWindow window = named(name).window();
        return temporal.client()
                .newUntypedWorkflowStub(
                        MaintenanceWindowWorkflow.TYPE,
                        WindowSchedule.options(window).build())
                .start(window.forced());
    }

    /** Makes up, one after the other, for the runs that were due between two instants. */
    public void backfill(String name, Instant from, Instant to) {
        change(
                name,
                schedule -> schedule.backfill(List.of(
                        new ScheduleBackfill(from, to, ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL))));
    }

    /** Removes it; a run that is under way goes on. */
    public void delete(String name) {
        change(name, ScheduleHandle::delete);
    }

    private void change(String name, Consumer<ScheduleHandle> act) {
        asked(() -> {
            if (described(name).isEmpty()) {
                throw unknown(name);
            }
            act.accept(handle(name));
            return name;
        });
    }

    private void create(WrittenWindow window) {
        var unused = schedules.createSchedule(
                MaintenanceWindowWorkflow.id(window.file().name()),
                WindowSchedule.of(window),
                ScheduleOptions.newBuilder().build());
    }

    private static WindowChange compare(WrittenWindow window, Optional<ScheduleDescription> there) {
        Map<String, String> before = there.map(known -> WindowPicture.of(known.getSchedule(), window(known)))
                .orElse(Map.of());
        Map<String, String> after = WindowPicture.of(WindowSchedule.of(window), window.request());
        List<Difference> differences = Difference.between(before, after);
        Kind kind = there.isEmpty() ? Kind.NEW : differences.isEmpty() ? Kind.UNCHANGED : Kind.CHANGED;
        return new WindowChange(window.file().name(), kind, differences);
    }

    private ScheduleHandle handle(String name) {
        return schedules.getHandle(MaintenanceWindowWorkflow.id(name));
    }

    private Optional<ScheduleDescription> described(String name) {
        try {
            ScheduleDescription description = handle(name).describe();
            if (!isOurs(description.getSchedule())) {
                throw new NotOurs(description.getId());
            }
            return Optional.of(description);
        } catch (RuntimeException refused) {
            if (Schedules.isNotFound(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private List<String> names() {
        return asked(() -> {
            try (Stream<ScheduleListDescription> listed = schedules.listSchedules()) {
                return listed.filter(WindowSchedules::isOurs)
                        .map(schedule -> schedule.getScheduleId().substring(PREFIX.length()))
                        .sorted()
                        .toList();
            }
        });
    }

    private UnknownWindow unknown(String name) {
        return new UnknownWindow(name, names());
    }

    private static boolean isOurs(Schedule schedule) {
        return schedule.getAction() instanceof ScheduleActionStartWorkflow start
                && start.getWorkflowType().equals(MaintenanceWindowWorkflow.TYPE);
    }

    private static boolean isOurs(ScheduleListDescription listed) {
        return listed.getScheduleId().startsWith(PREFIX)
                && listed.getSchedule().getAction() instanceof ScheduleListActionStartWorkflow start
                && start.getWorkflow().equals(MaintenanceWindowWorkflow.TYPE);
    }

    private static MaintenanceWindow window(ScheduleDescription description) {
        return ((ScheduleActionStartWorkflow) description.getSchedule().getAction())
                .getArguments()
                .get(0, MaintenanceWindow.class);
    }

    private static ScheduledWindow read(ScheduleDescription description) {
        Schedule schedule = description.getSchedule();
        ScheduleState state = schedule.getState();
        ScheduleInfo info = description.getInfo();
        MaintenanceWindow window = window(description);
        return new ScheduledWindow(
                description.getId().substring(PREFIX.length()),
                ZoneId.of(schedule.getSpec().getTimeZoneName()),
                state.isPaused() ? Optional.of(state.getNote()) : Optional.empty(),
                state.getNote(),
                window,
                WindowPicture.of(schedule, window),
                info.getNextActionTimes(),
                recent(info),
                info.getRunningActions().stream()
                        .map(ScheduleActionExecutionStartWorkflow.class::cast)
                        .map(ScheduleActionExecutionStartWorkflow::getWorkflowId)
                        .toList(),
                info.getNumActionsMissedCatchupWindow(),
                info.getNumActionsSkippedOverlap());
    }

    private static List<WindowRun> recent(ScheduleInfo info) {
        List<WindowRun> runs = new ArrayList<>();
        info.getRecentActions().forEach(action -> {
            ScheduleActionExecutionStartWorkflow run = (ScheduleActionExecutionStartWorkflow) action.getAction();
            runs.add(new WindowRun(run.getWorkflowId(), run.getFirstExecutionRunId(), action.getScheduledAt()));
        });
        Collections.reverse(runs);
        return runs;
    }

    private static <R> R asked(Supplier<R> question) {
        try {
            return question.get();
        } catch (RuntimeException refused) {
            if (Schedules.areMissing(refused)) {
                throw new NoSchedules(refused);
            }
            throw refused;
        }
    }
}
