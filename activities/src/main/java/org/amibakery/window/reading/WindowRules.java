package org.amibakery.window.reading;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.amibakery.authored.Complaint;
import org.amibakery.authored.NearestName;
import org.amibakery.recipe.Durations;

/** Finds what is wrong with a window and no schema can tell. */
final class WindowRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(15);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
    private static final Duration LONGEST_JITTER = Duration.ofHours(1);
    private static final Duration SHORTEST_AGE = Duration.ofDays(1);

    private final WindowFile window;
    private final List<Complaint> complaints = new ArrayList<>();

    private WindowRules(WindowFile window) {
        this.window = window;
    }

    static List<Complaint> complaintsAbout(WindowFile window) {
        WindowRules rules = new WindowRules(window);
        rules.checkName();
        rules.checkHours();
        rules.checkCron();
        rules.checkTimeZone();
        rules.checkAge();
        rules.checkNamedOnce();
        return List.copyOf(rules.complaints);
    }

    /** Workflow ids ({@code window/<name>}) and schedules are named by it. */
    private void checkName() {
        if (!NAME.matcher(window.name()).matches()) {
            complain(
                    "/name",
                    "\"%s\" is no window name; write 2 to 63 small letters, digits and dashes, such as weekly-base-images",
                    window.name());
        }
    }

    private void checkHours() {
        if (window.duration().compareTo(SHORTEST_WINDOW) < 0) {
            complain("/duration", "no bake fits into %s; write at least 15m", text(window.duration()));
        } else if (window.duration().compareTo(LONGEST_WINDOW) > 0) {
            complain("/duration", "a window of %s is none; write at most 7d", text(window.duration()));
        }
        if (window.cutoff().compareTo(window.duration()) >= 0) {
            complain(
                    "/cutoff",
                    "nothing could ever start, %s before the end of a window of %s; write less than its duration",
                    text(window.cutoff()),
                    text(window.duration()));
        } else if (window.jitter().compareTo(LONGEST_JITTER) > 0) {
            complain("/jitter", "the window might open %s late; write at most 1h", text(window.jitter()));
        } else if (window.jitter().compareTo(window.duration().minus(window.cutoff())) >= 0) {
            complain(
                    "/jitter",
                    "the window might open only after its cut-off; write less than %s",
                    text(window.duration().minus(window.cutoff())));
        }
    }

    private void checkCron() {
        try {
            OpeningTimes times = OpeningTimes.of(window.cron());
            if (!times.ever()) {
                complain("/cron", "\"%s\" never comes; write a day that is in the calendar", window.cron());
            }
            times.shortestPause()
                    .filter(pause -> pause.compareTo(window.duration()) < 0)
                    .ifPresent(pause -> complain(
                            "/cron",
                            "the window would be due again after %s, before its %s are over, and skip that run; write a"
                                    + " rarer time or a shorter duration",
                            text(pause),
                            text(window.duration())));
        } catch (IllegalArgumentException refused) {
            complaints.add(new Complaint("/cron", refused.getMessage()));
        }
    }

    private void checkTimeZone() {
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (known.contains(window.timeZone())) {
            return;
        }
        String remedy = NearestName.to(window.timeZone(), new TreeSet<>(known))
                .map(name -> "the nearest is " + name)
                .orElse("write an IANA name, such as Europe/Warsaw or UTC");
        complain("/timeZone", "\"%s\" is no time zone; %s", window.timeZone(), remedy);
    }

    private void checkAge() {
        window.rebakeAfter()
                .filter(age -> age.compareTo(SHORTEST_AGE) < 0)
                .ifPresent(age ->
                        complain("/rebakeAfter", "images would be baked anew after %s; write at least 1d", text(age)));
    }

    private void checkNamedOnce() {
        Set<String> seen = new HashSet<>();
        for (int entry = 0; entry < window.recipes().size(); entry++) {
            if (!seen.add(window.recipes().get(entry))) {
                complain(
                        "/recipes/" + entry,
                        "%s is named twice; name it once",
                        window.recipes().get(entry));
            }
        }
    }

    private void complain(String pointer, String message, Object... arguments) {
        complaints.add(new Complaint(pointer, String.format(Locale.ROOT, message, arguments)));
    }

    private static String text(Duration duration) {
        return Durations.text(duration);
    }
}
