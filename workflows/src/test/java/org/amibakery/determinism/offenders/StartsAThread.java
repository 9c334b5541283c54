package org.amibakery.determinism.offenders;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Does its work beside the workflow's thread. */
public final class StartsAThread {
    private final Lock lock = new ReentrantLock();
    private final ExecutorService threads;

    public StartsAThread(ExecutorService threads) {
        this.threads = threads;
    }

    public CompletableFuture<Long> count(List<String> things) throws InterruptedException {
        Thread.sleep(1);
        return CompletableFuture.supplyAsync(
                () -> things.parallelStream().filter(it -> lock.tryLock()).count(), threads);
    }
}
