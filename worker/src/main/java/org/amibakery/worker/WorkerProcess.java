package org.amibakery.worker;

import com.google.common.base.Throwables;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.reaper.ReaperWorkflow;
import org.amibakery.schedule.ReaperSchedule;
import org.amibakery.temporal.TemporalConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A worker as a process of its own: connected, observed, and stopped in good order by SIGTERM. */
public final class WorkerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final WorkerMetrics metrics;
    private final TemporalConnection temporal;
    private final AwsClients aws;
    private final BakeryWorker worker;
    private final WorkerHealth health;

    private WorkerProcess(
            WorkerMetrics metrics,
            TemporalConnection temporal,
            AwsClients aws,
            BakeryWorker worker,
            WorkerHealth health) {
        this.metrics = metrics;
        this.temporal = temporal;
        this.aws = aws;
        this.worker = worker;
        this.health = health;
    }

    /**
     * What the process is told.
     *
     * @param environment finds Temporal, AWS and the installation
     * @param healthPort 0 takes a free one
     */
    public record Settings(
            Map<String, String> environment,
            WorkerCapacity capacity,
            Deployment deployment,
            String healthHost,
            int healthPort) {}

    /**
     * Connects to Temporal and AWS, and starts polling. A start that fails closes what it opened.
     *
     * @throws org.amibakery.temporal.Unreachable when Temporal does not answer
     * @throws software.amazon.awssdk.core.exception.SdkException when AWS does not, or refuses the credentials
     * @throws NoDeployment when the server has no worker deployments and the worker is to be of one
     * @throws org.amibakery.http.CannotListen when the address of health and metrics is taken
     */
    public static WorkerProcess start(Settings settings) {
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            return start(settings, undo);
        } catch (RuntimeException failed) {
            undo.forEach(Runnable::run);
            throw failed;
        }
    }

    private static WorkerProcess start(Settings settings, Deque<Runnable> undo) {
        WorkerMetrics metrics = new WorkerMetrics();
        undo.push(metrics::close);
        TemporalConnection temporal = TemporalConnection.open(settings.environment(), metrics.temporalScope());
        undo.push(temporal::close);
        AwsClients aws = AwsClients.standard();
        undo.push(aws::close);
        Installation installation = new InstallationSource(settings.environment()).read(aws);
        GetCallerIdentityResponse caller = aws.sts(installation.region()).getCallerIdentity();
        log.info("Acts on AWS as {}. account={}", caller.arn(), caller.account());
        BakeryWorker worker =
                BakeryWorker.start(temporal, aws, installation, settings.capacity(), settings.deployment(), metrics);
        undo.push(worker::close);
        installReaper(temporal, installation);
        metrics.showOpenWaits(worker::openWaits);
        InetSocketAddress address = new InetSocketAddress(settings.healthHost(), settings.healthPort());
        WorkerHealth health = WorkerHealth.start(address, worker::polls, metrics::scrape);
        return new WorkerProcess(metrics, temporal, aws, worker, health);
    }

    /** A worker without it bakes as well; the next start tries again. */
    private static void installReaper(TemporalConnection temporal, Installation installation) {
        String id = ReaperWorkflow.id(installation.stack());
        try {
            ReaperSchedule.Installed installed = new ReaperSchedule(temporal).install(installation.stack());
            log.info("The reaper has its schedule. id={} installed={}", id, installed);
        } catch (RuntimeException refused) {
            log.warn(
                    "The reaper's schedule could not be installed, so nobody removes what a terminated bake leaves before"
                            + " it expires. Allow this worker to create schedules, or run bakery reaper run. id={} cause={}",
                    id,
                    Throwables.getRootCause(refused).getMessage());
        }
    }

    /** Where health and metrics answer. */
    public URI health() {
        return health.endpoint();
    }

    /** How long the process took to be ready. */
    public Duration startedWithin() {
        return Duration.ofMillis(System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /** Runs until the process is told to end, and ends in good order. */
    public void runUntilStopped() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        worker.close();
        health.close();
        temporal.close();
        aws.close();
        metrics.close();
        stopped.countDown();
    }
}
