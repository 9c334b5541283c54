package org.amibakery.watch;

import io.temporal.client.ActivityCompletionClient;
import java.time.Duration;
import java.util.function.Function;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.recipe.Region;

/** STUB */
public final class Watchers implements AutoCloseable {
    /** Starts the threads that serve every wait of a worker. */
    public static Watchers start(ActivityCompletionClient completions, BakeryCounters counters) {
        return new Watchers();
    }

    /** Prepares one kind of wait, such as {@code instance running}, looked at by its own interval in each region. */
    public <W, S, R> Waits<W, R> waits(String name, Duration interval, Function<Region, Watch<W, S, R>> watch) {
        return (region, subject) -> {
            throw new UnsupportedOperationException(name);
        };
    }

    @Override
    public void close() {}
}
