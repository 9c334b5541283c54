package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.amibakery.schedule.ScheduledWindow;
import org.amibakery.schedule.WindowSchedules;
import org.amibakery.temporal.TemporalConnection;

/** Looks after the windows that Temporal has, as a command line asks. */
final class ScheduleRun {
    private static final int RUNS_SHOWN = 5;

    private final Surroundings surroundings;
    private final Console console;

    ScheduleRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    ExitCode list() {
        return surroundings.temporal().with(temporal -> {
            WindowStands stands = new WindowStands(temporal);
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            List<ScheduledWindow> windows = new WindowSchedules(temporal).all();
            if (windows.isEmpty()) {
                console.progress("There is no window. Install one with: bakery schedule apply windows/weekly.yaml");
            }
            List<List<String>> rows = new ArrayList<>();
            for (ScheduledWindow window : windows) {
                Optional<WindowStand> last =
                        window.recent().stream().findFirst().map(stands::of);
                rows.add(ScheduleText.row(window, last));
                json.add(ScheduleJson.of(window, last.stream().toList()));
                console.jsonLine(json.get(json.size() - 1));
            }
            ScheduleText.table(rows, console.palette()).forEach(console::text);
            console.json(json);
            return ExitCode.DONE;
        });
    }

    ExitCode show(String typed) {
        return with(typed, (temporal, window) -> {
            tell(temporal, window);
            return ExitCode.DONE;
        });
    }

    ExitCode pause(String typed, String note) {
        String why = note.isBlank() ? "Paused by %s with bakery schedule pause".formatted(user()) : note;
        return with(typed, (temporal, window) -> {
            if (window.paused().isPresent()) {
                return said(window, "is paused already: " + window.paused().get());
            }
            new WindowSchedules(temporal).pause(window.name(), why);
            return said(window, "does not open until it is resumed. A run that is under way goes on.");
        });
    }

    ExitCode resume(String typed) {
        return with(typed, (temporal, window) -> {
            if (window.paused().isEmpty()) {
                return said(window, "is not paused.");
            }
            WindowSchedules schedules = new WindowSchedules(temporal);
            schedules.resume(window.name(), "Resumed by %s with bakery schedule resume".formatted(user()));
            return said(window, "opens " + ScheduleText.next(schedules.named(window.name())));
        });
    }

    ExitCode backfill(String typed, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new CommandFailure(ExitCode.USAGE, "--to must be later than --from.");
        }
        if (to.isAfter(console.clock().instant())) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--to must not be in the future: only what was due can be made up for.");
        }
        return with(typed, (temporal, window) -> {
            new WindowSchedules(temporal).backfill(window.name(), from, to);
            return said(
                    window,
                    "makes up for the runs that were due from %s to %s. See them with: bakery schedule show %s"
                            .formatted(from, to, window.name()));
        });
    }

    ExitCode delete(String typed) {
        return with(typed, (temporal, window) -> {
            new WindowSchedules(temporal).delete(window.name());
            return said(window, "was removed. It opens no more; what it has baked stays.");
        });
    }

    ExitCode previewDeletion(String typed) {
        return with(typed, (temporal, window) -> {
            tell(temporal, window);
            console.progress(
                    "Nothing was removed. To remove it: bakery schedule delete %s --yes".formatted(window.name()));
            return ExitCode.DONE;
        });
    }

    private ExitCode with(String typed, BiFunction<TemporalConnection, ScheduledWindow, ExitCode> work) {
        return surroundings
                .temporal()
                .with(temporal -> work.apply(temporal, new WindowSchedules(temporal).named(WindowName.of(typed))));
    }

    private void tell(TemporalConnection temporal, ScheduledWindow window) {
        WindowStands stands = new WindowStands(temporal);
        List<WindowStand> recent =
                window.recent().stream().limit(RUNS_SHOWN).map(stands::of).toList();
        ScheduleText.lines(window, recent, console.palette()).forEach(console::text);
        console.json(ScheduleJson.of(window, recent));
    }

    private ExitCode said(ScheduledWindow window, String what) {
        console.text("Window %s %s".formatted(window.name(), what));
        console.json(JsonNodeFactory.instance
                .objectNode()
                .put("window", window.name())
                .put("answer", what));
        return ExitCode.DONE;
    }

    private String user() {
        return User.of(surroundings.environment());
    }
}
