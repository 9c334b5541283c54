package org.amibakery.acceptance.deaths;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;

/** The workers of a bakery: each a process, and each replaced when it dies. */
final class Crew implements AutoCloseable {
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

    private final Supplier<RunningProcess> starting;
    private final List<RunningProcess> workers = new ArrayList<>();
    private final List<RunningProcess> leaving = new ArrayList<>();

    private Crew(Supplier<RunningProcess> starting) {
        this.starting = starting;
    }

    /** Starts so many workers, and waits until all poll. */
    static Crew of(int workers, Map<String, String> environment) {
        return of(workers, () -> Product.startingWorker(environment));
    }

    /** Starts so many workers in this way, and waits until all poll. */
    static Crew of(int workers, Supplier<RunningProcess> starting) {
        Crew crew = new Crew(starting);
        for (int worker = 0; worker < workers; worker++) {
            crew.hire();
        }
        crew.awaitAtWork(workers);
        return crew;
    }

    /** Starts one more worker, without waiting for it. */
    synchronized RunningProcess hire() {
        RunningProcess worker = starting.get();
        workers.add(worker);
        return worker;
    }

    /** Those that poll now; waits until somebody does. */
    synchronized List<RunningProcess> atWork() {
        awaitAtWork(1);
        return workers.stream().filter(Crew::polls).toList();
    }

    private synchronized void awaitAtWork(int least) {
        await("%d workers poll".formatted(least))
                .atMost(STARTED_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .pollInSameThread()
                .until(() -> {
                    replaceThoseWhoEnded();
                    return workers.stream().filter(Crew::polls).count() >= least;
                });
    }

    /** Kills this worker in the midst of what it does, after another was started in its place. */
    synchronized void replaceKilled(RunningProcess worker) {
        hire();
        workers.remove(worker);
        worker.kill();
    }

    /** Asks this worker to end in good order, after another was started in its place. */
    synchronized void replaceInGoodOrder(RunningProcess worker) {
        hire();
        workers.remove(worker);
        leaving.add(worker);
        worker.askToEnd();
    }

    /** Waits until all have gone that were asked to, and tells their exit codes. */
    synchronized List<Integer> farewells() throws InterruptedException {
        List<Integer> exitCodes = new ArrayList<>();
        for (RunningProcess worker : leaving) {
            exitCodes.add(worker.exitCode());
        }
        return exitCodes;
    }

    /** As a supervisor does: a worker ends by itself when Temporal or AWS did not answer its first call in time. */
    private void replaceThoseWhoEnded() {
        for (RunningProcess worker : List.copyOf(workers)) {
            if (worker.hasEnded()) {
                System.out.printf("DEATHS a worker ended by itself and is replaced:%n%s%n", worker.output());
                workers.remove(worker);
                hire();
            }
        }
    }

    @Override
    public synchronized void close() {
        workers.forEach(RunningProcess::close);
        leaving.forEach(RunningProcess::close);
    }

    private static boolean polls(RunningProcess worker) {
        return worker.hasPrinted(Product.WORKER_READY);
    }
}
