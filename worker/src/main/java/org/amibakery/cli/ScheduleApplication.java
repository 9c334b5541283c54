package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Throwables;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Place;
import org.amibakery.authored.Problem;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.schedule.NoSchedules;
import org.amibakery.schedule.ReaperSchedule;
import org.amibakery.schedule.ScheduledWindow;
import org.amibakery.schedule.WindowChange;
import org.amibakery.schedule.WindowCron;
import org.amibakery.schedule.WindowSchedules;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.reading.WindowReader;
import org.amibakery.window.reading.WrittenWindow;

/** Brings the windows that Temporal has in line with their files. */
final class ScheduleApplication {
    private static final int NEXT_SHOWN = 3;

    private final Surroundings surroundings;
    private final Console console;

    ScheduleApplication(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    /** Shows what differs, and changes nothing. */
    ExitCode preview(List<Path> files) {
        List<WrittenWindow> windows = read(files);
        return surroundings.temporal().with(temporal -> {
            WindowSchedules schedules = new WindowSchedules(temporal);
            ArrayNode told = JsonNodeFactory.instance.arrayNode();
            for (WrittenWindow window : windows) {
                WindowChange change = schedules.compare(window);
                tell(told, change, next(window), Optional.empty());
            }
            console.json(told);
            console.progress("Nothing was changed. Apply it without --dry-run.");
            return ExitCode.DONE;
        });
    }

    /** Applies them all. */
    ExitCode apply(List<Path> files) {
        List<WrittenWindow> windows = read(files);
        return surroundings.temporal().with(temporal -> {
            ExitCode exitCode = apply(temporal, windows);
            installReaper(temporal);
            return exitCode;
        });
    }

    private ExitCode apply(TemporalConnection temporal, List<WrittenWindow> windows) {
        WindowSchedules schedules = new WindowSchedules(temporal);
        ArrayNode told = JsonNodeFactory.instance.arrayNode();
        try {
            for (WrittenWindow window : windows) {
                WindowChange change = schedules.apply(window);
                ScheduledWindow now = schedules.named(window.file().name());
                tell(told, change, times(now), now.paused());
            }
        } catch (NoSchedules none) {
            return applyByCron(temporal, windows);
        }
        console.json(told);
        return ExitCode.DONE;
    }

    private List<WrittenWindow> read(List<Path> files) {
        WindowReader reader = new WindowReader();
        Map<String, WrittenWindow> windows = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                WrittenWindow window = reader.read(file);
                if (windows.putIfAbsent(window.file().name(), window) != null) {
                    problems.add(new Problem(
                            Place.of(file.toString()),
                            "/name",
                            "another file is of window %s, too; give it a name of its own"
                                    .formatted(window.file().name())));
                }
            } catch (InvalidInput invalid) {
                problems.addAll(invalid.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        windows.values()
                .forEach(window -> window.notes(console.clock().instant()).forEach(console::progress));
        return List.copyOf(windows.values());
    }

    private void tell(ArrayNode told, WindowChange change, List<ZonedDateTime> next, Optional<String> paused) {
        ScheduleText.change(change, console.palette()).forEach(console::text);
        paused.ifPresent(why -> console.text("  stays paused: " + why));
        if (!next.isEmpty()) {
            console.text("  opens " + ScheduleText.times(next));
        }
        ObjectNode json = ScheduleJson.change(change);
        paused.ifPresentOrElse(why -> json.put("paused", why), () -> json.putNull("paused"));
        ArrayNode times = json.putArray("nextRuns");
        next.forEach(time -> times.add(time.toInstant().toString()));
        console.jsonLine(json);
        told.add(json);
    }

    private List<ZonedDateTime> next(WrittenWindow window) {
        return window.times().after(console.clock().instant(), window.zone(), NEXT_SHOWN);
    }

    private static List<ZonedDateTime> times(ScheduledWindow window) {
        return window.next().stream()
                .limit(NEXT_SHOWN)
                .map(next -> next.atZone(window.zone()))
                .toList();
    }

    private ExitCode applyByCron(TemporalConnection temporal, List<WrittenWindow> windows) {
        console.progress(
                "This Temporal has no schedules, so windows run by cron expressions: without pause, catch-up and"
                        + " jitter.");
        ExitCode exitCode = ExitCode.DONE;
        WindowCron crons = new WindowCron(temporal);
        for (WrittenWindow window : windows) {
            String name = window.file().name();
            String id = WindowCron.id(name);
            switch (crons.install(window)) {
                case NEW -> console.text("%s: new".formatted(id));
                case AS_IT_WAS ->
                    console.text(
                            "%s: runs already and stays as it is. To change it: temporal workflow cancel --workflow-id %s, then apply again."
                                    .formatted(id, id));
                case REFUSED -> {
                    console.error(
                            "Window %s was not installed: its times are in %s, and cron expressions count in UTC here. Write timeZone: UTC, or use a Temporal with schedules."
                                    .formatted(name, window.file().timeZone()));
                    exitCode = ExitCode.USAGE;
                }
            }
        }
        return exitCode;
    }

    /** Workers install it as well; without either nobody removes what a terminated bake leaves. */
    private void installReaper(TemporalConnection temporal) {
        String stack = InstallationReader.stackOf(surroundings.environment());
        try {
            if (new ReaperSchedule(temporal).install(stack) == ReaperSchedule.Installed.NEW) {
                console.progress(
                        "The reaper of stack %s was installed, too: it runs every 15 minutes.".formatted(stack));
            }
        } catch (RuntimeException refused) {
            console.error("The reaper's schedule could not be installed: %s A worker tries again when it starts."
                    .formatted(Throwables.getRootCause(refused).getMessage()));
        }
    }
}
