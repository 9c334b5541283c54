package org.amibakery.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.amibakery.bake.BakeStep;

/** Tells what happens to bakes event by event, where no line can be redrawn. */
final class EventView implements BakeView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Map<String, BakeSighting> shown = new LinkedHashMap<>();
    private final Console console;
    private final Consumer<ProgressEvent> events;

    EventView(Console console, Consumer<ProgressEvent> events) {
        this.console = console;
        this.events = events;
    }

    /** One plain line an event, on standard error. */
    static EventView plain(Console console) {
        ZoneId zone = console.clock().getZone();
        return new EventView(console, event -> console.progress(line(event, zone)));
    }

    @Override
    public void show(List<BakeSighting> bakes) {
        for (BakeSighting bake : bakes) {
            BakeSighting before = shown.getOrDefault(bake.workflowId(), BakeSighting.first(bake.workflowId()));
            if (!bake.equals(before)) {
                ProgressEvent.between(before, bake, console.clock().instant()).forEach(events);
                shown.put(bake.workflowId(), bake);
            }
        }
    }

    @Override
    public void tell(String line) {
        console.progress(line);
    }

    @Override
    public Duration frame() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {}

    private static String line(ProgressEvent event, ZoneId zone) {
        String about = event.step()
                .map(step -> " %d/%d %s".formatted(step.number(), BakeStep.COUNT, step.words()))
                .orElse("");
        return "%s %s%s: %s"
                .formatted(
                        TIME.format(event.at().atZone(zone)),
                        BakeName.ofId(event.workflowId()).recipe(),
                        about,
                        said(event));
    }

    private static String said(ProgressEvent event) {
        String took = event.took()
                .map(time -> (event.state().equals("completed") ? " in " : " after ") + Took.text(time))
                .orElse("");
        String detail = oneLine(event.detail());
        return switch (event.kind()) {
            case WAITING -> "waiting: " + detail;
            case CLEANUP -> "cleanup: %s: %s".formatted(detail, event.state());
            case NOTE -> detail;
            case STEP -> event.state() + took + (detail.isEmpty() ? "" : " (" + detail + ")");
            case BAKE -> event.state() + took + (detail.isEmpty() ? "" : ": " + detail);
        };
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
