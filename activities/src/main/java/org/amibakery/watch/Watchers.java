package org.amibakery.watch;

import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Watcher.WatchTools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves every wait of a worker with 13 daemon threads at most, however many wait: one pulse, four that look, eight that
 * report. A region that hangs can hold back looks, but no heartbeat.
 */
public final class Watchers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchers.class);
    private static final Duration PULSE = Duration.ofMillis(50);
    private static final Duration HAND_BACK_LIMIT = Duration.ofSeconds(10);
    private static final int LOOKING = 4;

    /** A thousand waits heartbeat 250 times a second, and on a busy machine each takes some hundredths of one. */
    private static final int REPORTING = 8;

    private final List<RegionalWaits<?, ?, ?>> kinds = new CopyOnWriteArrayList<>();
    private final WatchTools tools;
    private final Executor looks;
    private final Runnable stopPulse;
    private final Runnable finishReports;
    private volatile boolean closed;

    /** Runs without a pulse of its own, on the caller's threads. */
    Watchers(WatchTools tools, Executor looks) {
        this(tools, looks, () -> {}, () -> {});
    }

    private Watchers(WatchTools tools, Executor looks, Runnable stopPulse, Runnable finishReports) {
        this.tools = tools;
        this.looks = looks;
        this.stopPulse = stopPulse;
        this.finishReports = finishReports;
    }

    /** Starts the threads that serve every wait of a worker. */
    public static Watchers start(ActivityCompletionClient completions, BakeryCounters counters) {
        ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(daemon("watch-pulse"));
        ExecutorService looks = pool("watch-look", LOOKING);
        ExecutorService reporting = pool("watch-report", REPORTING);
        WatchTools tools =
                new WatchTools(Clock.systemUTC(), new Reports(completions, reporting), counters, new Crowd());
        Watchers watchers = new Watchers(
                tools,
                looks,
                () -> {
                    pulse.shutdownNow();
                    looks.shutdown();
                },
                () -> finish(reporting));
        var unused = pulse.scheduleWithFixedDelay(
                watchers::pulse, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
        return watchers;
    }

    /**
     * Prepares one kind of wait. Call it once per kind and keep the answer.
     *
     * @param name what operators call it, such as {@code builder running}
     * @param interval how often each region is looked at while anything waits there
     */
    public <W, S, R> Waits<W, R> waits(String name, Duration interval, Function<Region, Watch<W, S, R>> watch) {
        RegionalWaits<W, S, R> kind = new RegionalWaits<>(
                region -> new Watcher<>(name, interval, watch.apply(region), tools), tools, () -> closed);
        kinds.add(kind);
        return kind;
    }

    /**
     * Makes sure that the running activity is the one attempt that Temporal counts on, and starts its heartbeat timeout
     * anew. To be called before what must not be done twice.
     *
     * @param id what the activity is about
     * @param state what it does now, for whoever looks at it
     * @throws io.temporal.client.ActivityCompletionException when it was canceled, another attempt has taken over, or
     *     Temporal cannot be asked
     */
    public void proveAlive(String id, String state) {
        tools.reports().prove(OpenActivity.of(Activity.getExecutionContext()), id, state);
    }

    /** Those who wait, for reads that they may share. */
    public Crowd crowd() {
        return tools.crowd();
    }

    /** How many activities wait at present. */
    public int openWaits() {
        return kinds.stream()
                .flatMap(kind -> kind.watchers().stream())
                .mapToInt(Watcher::openWaits)
                .sum();
    }

    /** Starts what is due anywhere; returns at once. */
    void pulse() {
        try {
            tools.crowd().forget();
            kinds.forEach(kind -> kind.watchers().forEach(watcher -> watcher.pulse(looks)));
        } catch (RuntimeException bug) { // a scheduled task that throws is never run again, and every wait would stop
            log.error("The pulse of the watchers failed in an unforeseen way; it goes on", bug);
        }
    }

    /** To be told before {@link #close} if the worker certainly gets no task any more: its waits then go on sooner. */
    public void pollsHaveEnded() {
        tools.reports().pollsHaveEnded();
    }

    /** Hands every wait back, so that another worker takes it within seconds; waits at most 10 seconds for that. */
    @Override
    public void close() {
        closed = true;
        stopPulse.run();
        kinds.forEach(kind -> kind.watchers().forEach(Watcher::handBackAll));
        finishReports.run();
    }

    private static void finish(ExecutorService reporting) {
        reporting.shutdown();
        try {
            if (!reporting.awaitTermination(HAND_BACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                reporting.shutdownNow();
                log.warn("Some waits could not be handed back; they move on at their heartbeat timeout");
            }
        } catch (InterruptedException interrupted) {
            reporting.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                60,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemon(name),
                (task, stopped) -> task.run()); // a look that ends during the shutdown reports for itself
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
