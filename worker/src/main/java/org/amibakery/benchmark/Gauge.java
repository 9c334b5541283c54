package org.amibakery.benchmark;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Watches one process for a while: how many threads it has at most, its memory, and the CPU it takes. */
final class Gauge implements AutoCloseable {
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(250);

    private final long pid;
    private final long startedAt = System.nanoTime();
    private final double cpuBefore;
    private final ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gauge");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int mostThreads;
    private volatile double mostResidentMb;

    Gauge(long pid) {
        this.pid = pid;
        cpuBefore = ProcessView.cpuSeconds(pid);
        var unused = sampling.scheduleAtFixedRate(this::sample, 0, SAMPLE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    int mostThreads() {
        return mostThreads;
    }

    double mostResidentMb() {
        return mostResidentMb;
    }

    /** Since it was hung up. */
    double cpuSeconds() {
        return ProcessView.cpuSeconds(pid) - cpuBefore;
    }

    /** On average since it was hung up: 1 is one processor. */
    double processors() {
        return cpuSeconds() / ((System.nanoTime() - startedAt) / 1e9);
    }

    private void sample() {
        mostThreads = Math.max(mostThreads, ProcessView.threads(pid));
        mostResidentMb = Math.max(mostResidentMb, ProcessView.residentMb(pid));
    }

    @Override
    public void close() {
        sampling.shutdownNow();
    }
}
