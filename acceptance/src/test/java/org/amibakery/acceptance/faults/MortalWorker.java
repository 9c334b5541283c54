package org.amibakery.acceptance.faults;

import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.configuration.Installation;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.worker.BakeryWorker;
import org.amibakery.worker.WorkerCapacity;

/** A worker that can be cut off: it goes on in this process, but reaches neither Temporal nor AWS, as if it were dead. */
final class MortalWorker implements AutoCloseable {
    private final TemporalLink link;
    private final TemporalConnection temporal;
    private final AwsClients aws;
    private final BakeryWorker worker;
    private volatile boolean cut;

    private MortalWorker(TemporalLink link, TemporalConnection temporal, AwsClients aws, BakeryWorker worker) {
        this.link = link;
        this.temporal = temporal;
        this.aws = aws;
        this.worker = worker;
    }

    /** Starts in a bakery that has no worker of its own. */
    static MortalWorker startIn(TroubledBakery bakery) {
        return startIn(bakery, Duration.ofDays(1));
    }

    /** Starts one that runs the functions itself, so that they die with it. */
    static MortalWorker startWithFunctionsIn(TroubledBakery bakery) {
        return start(bakery, bakery.withFunctionsInWorkers(), Duration.ofDays(1));
    }

    /** Starts one whose bakes wait for nothing on AWS longer than so. */
    static MortalWorker startIn(TroubledBakery bakery, Duration longestWait) {
        return start(bakery, bakery.installation(), longestWait);
    }

    private static MortalWorker start(TroubledBakery bakery, Installation installation, Duration longestWait) {
        TemporalConnection server = bakery.temporal();
        TemporalLink link = new TemporalLink(longestWait);
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.service().getRawChannel())
                .setGrpcClientInterceptors(List.of(link))
                .validateAndBuildWithDefaults());
        TemporalConnection temporal = TemporalConnection.over(service, server.address(), server.namespace());
        AwsClients aws = SimulatedInstallation.clients(bakery.simulator());
        return new MortalWorker(
                link,
                temporal,
                aws,
                BakeryWorker.start(temporal, aws, installation, WorkerCapacity.DEFAULT, BakeryCounters.NONE));
    }

    /** From now on nothing that it does is heard of, and nothing that was answered reaches it. */
    void cutOff() {
        cut = true;
        link.cut();
        aws.close();
        Thread burial = new Thread(this::end, "burial of a worker"); // nobody waits for the dead
        burial.setDaemon(true);
        burial.start();
    }

    boolean isAlive() {
        return !cut;
    }

    @Override
    public void close() {
        if (!cut) {
            end();
        }
    }

    private void end() {
        worker.close();
        aws.close();
        temporal.close();
    }
}
