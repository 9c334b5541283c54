package org.amibakery.cli;

import java.time.Duration;
import java.util.List;

/** Shows how bakes go while they are followed. */
public interface BakeView extends AutoCloseable {
    /** Shows what is seen now; called at every change and at least once every {@link #frame()}. */
    void show(List<BakeSighting> bakes);

    /** Tells something beside the bakes, once and for good. */
    void tell(String line);

    /** How long the view may stand still. */
    Duration frame();

    /** Leaves the terminal as it was. */
    @Override
    void close();

    /** The view that suits a console: a live block, plain lines, JSON lines, or nothing. */
    static BakeView on(Console console) {
        return switch (console.format()) {
            case NONE -> new EventView(console, event -> {});
            case JSONL -> new EventView(console, event -> console.jsonLine(BakeJson.of(event)));
            case TEXT, JSON -> console.isLive() ? new LiveProgress(console) : EventView.plain(console);
        };
    }
}
