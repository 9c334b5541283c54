package org.amibakery.worker;

import io.temporal.common.converter.DataConverterException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.amibakery.agent.aws.SsmAgentActivities;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.BakeWorkflowImpl;
import org.amibakery.bake.aws.AwsPlanActivities;
import org.amibakery.builder.aws.Ec2BuilderActivities;
import org.amibakery.change.aws.AwsChangeActivities;
import org.amibakery.command.aws.SsmCommandActivities;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Installations;
import org.amibakery.foundation.aws.AwsFoundationActivities;
import org.amibakery.function.Functions;
import org.amibakery.function.InProcessFunctions;
import org.amibakery.function.LambdaFunctions;
import org.amibakery.image.aws.AwsPublishingActivities;
import org.amibakery.image.aws.Ec2ImageActivities;
import org.amibakery.notification.aws.SnsNotificationActivities;
import org.amibakery.reaper.ReaperWorkflowImpl;
import org.amibakery.reaper.aws.AwsReaperActivities;
import org.amibakery.retention.RetentionWorkflowImpl;
import org.amibakery.retention.aws.AwsRetentionActivities;
import org.amibakery.temporal.KnownSearchAttributes;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.watch.Polling;
import org.amibakery.watch.Watchers;
import org.amibakery.window.temporal.TemporalJoinActivities;
import org.amibakery.window.temporal.TemporalScheduleActivities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the product's task queue, and bakes. */
public final class BakeryWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BakeryWorker.class);

    /** What is still running then is abandoned: it is repeatable, and another worker takes it. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** Polls end within a tenth of a second. If it takes longer, waits are handed back for longer, as they might return. */
    private static final Duration END_OF_POLLS = Duration.ofMillis(500);

    /** A bake whose cached worker died is offered to the others after this long (5 s by default). */
    private static final Duration STICKY = Duration.ofSeconds(2);

    /**
     * Two and a bit for each of the four partitions that a server makes of a queue. It lends one poll of each partition to
     * another one; where that is the only one, tasks that come in a burst, as all waits of a lost worker, stop for 2 s at a
     * time (forwarderMaxRatePerSecond). The SDK's default is 5.
     */
    private static final int ACTIVITY_POLLS = 10;

    /**
     * A small worker that is busy can keep a workflow's thread from running for more than the SDK's second, which fails its
     * task or its query. Nothing in workflow code blocks: a test holds that.
     */
    private static final Duration STUCK = Duration.ofSeconds(10);

    /** From JDK 24 on, as before that one which waits for a monitor holds a thread of the machine (JEP 491). */
    private static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 24;

    /** Each takes a task in a few milliseconds, so that two keep up with any rate that EC2 allows. */
    private static final int LAUNCH_POLLERS = 2;

    /** RunInstances answers within seconds, and EC2 allows two a second; each slot in use costs a thread. */
    private static final int LAUNCH_SLOTS = 20;

    /** A window has a thread for each recipe that has its turn: 50 at most, and itself. However few bakes are cached, one fits. */
    private static final int WINDOW_THREADS = 60;

    private final WorkerFactory factory;
    private final Watchers watchers;

    private BakeryWorker(WorkerFactory factory, Watchers watchers) {
        this.factory = factory;
        this.watchers = watchers;
    }

    /** Starts polling, as no version of a deployment. The connection and the clients stay the caller's to close. */
    public static BakeryWorker start(
            TemporalConnection temporal,
            AwsClients aws,
            Installation installation,
            WorkerCapacity capacity,
            BakeryCounters counters) {
        return start(temporal, aws, installation, capacity, Deployment.unversioned(), counters);
    }

    /** Starts polling as a version of a deployment. The connection and the clients stay the caller's to close. */
    public static BakeryWorker start(
            TemporalConnection temporal,
            AwsClients aws,
            Installation installation,
            WorkerCapacity capacity,
            Deployment deployment,
            BakeryCounters counters) {
        deployment.check(temporal);
        Watchers watchers = Watchers.start(temporal.client().newActivityCompletionClient(), counters);
        WorkerFactory factory = WorkerFactory.newInstance(temporal.client(), factoryOptions(capacity));
        Worker worker = factory.newWorker(BakeWorkflow.TASK_QUEUE, workerOptions(capacity, deployment));
        worker.registerWorkflowImplementationTypes(
                workflowOptions(),
                BakeWorkflowImpl.class,
                deployment.windows(),
                RetentionWorkflowImpl.class,
                ReaperWorkflowImpl.class);
        List<String> searchAttributes = new KnownSearchAttributes(temporal).usable();
        Ec2BuilderActivities builders = new Ec2BuilderActivities(aws, watchers, installation.polling(), counters);
        worker.registerActivitiesImplementations(activities(aws, installation, searchAttributes, watchers));
        worker.registerActivitiesImplementations(
                builders,
                new AwsReaperActivities(aws, installation, temporal.client(), Clock.systemUTC()),
                new TemporalJoinActivities(
                        temporal.client(), watchers, installation.polling().image()),
                new TemporalScheduleActivities(temporal.client()));
        factory.newWorker(BakeWorkflow.LAUNCH_TASK_QUEUE, launchOptions(installation, capacity, deployment))
                .registerActivitiesImplementations(builders);
        temporal.insisting(() -> {
            factory.start(); // asks for the namespace once, and starts nothing without an answer
            return factory.isStarted();
        });
        log.info(
                "Polls task queues {} and {} of Temporal at {}. namespace={} stack={} region={} launchesPerSecond={}"
                        + " searchAttributes={}",
                BakeWorkflow.TASK_QUEUE,
                BakeWorkflow.LAUNCH_TASK_QUEUE,
                temporal.address(),
                temporal.namespace(),
                installation.stack(),
                installation.region(),
                installation.launchesPerSecond(),
                searchAttributes);
        return new BakeryWorker(factory, watchers);
    }

    private static Object[] activities(
            AwsClients aws, Installation installation, List<String> searchAttributes, Watchers watchers) {
        Functions functions =
                new Functions(new LambdaFunctions(aws), new InProcessFunctions(aws::ec2, Clock.systemUTC()));
        Polling polling = installation.polling();
        AwsPlanActivities plans =
                new AwsPlanActivities(installation, aws, searchAttributes, AwsPlanActivities.SHORT_MEMORY);
        AwsPlanActivities fresh = new AwsPlanActivities(installation, aws, searchAttributes);
        AwsFoundationActivities foundations = new AwsFoundationActivities(functions, aws, watchers.crowd());
        return new Object[] {
            plans,
            foundations,
            new AwsChangeActivities(fresh, foundations, aws, Clock.systemUTC()),
            new SsmAgentActivities(aws::ssm, aws::ec2, watchers, polling),
            new SsmCommandActivities(aws, watchers, polling.command()),
            new Ec2ImageActivities(aws, watchers, polling.image()),
            new AwsPublishingActivities(aws),
            new AwsRetentionActivities(new Installations(installation, aws), functions, watchers.crowd()),
            new SnsNotificationActivities(aws, installation.notificationTopic())
        };
    }

    /** Whether it polls: not before its start and not while it shuts down. */
    public boolean polls() {
        return factory.isStarted() && !factory.isShutdown();
    }

    /** How many activities wait on AWS at present. */
    public int openWaits() {
        return watchers.openWaits();
    }

    /** Stops polling, hands every wait back so that another worker takes it within seconds, and ends what runs. */
    @Override
    public void close() {
        factory.shutdown();
        factory.awaitTermination(END_OF_POLLS.toMillis(), TimeUnit.MILLISECONDS);
        if (factory.isTerminated()) {
            watchers.pollsHaveEnded();
        }
        watchers.close();
        factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
        if (!factory.isTerminated()) {
            factory.shutdownNow();
            factory.awaitTermination(1, TimeUnit.SECONDS);
        }
        log.info("Stopped polling task queues {} and {}", BakeWorkflow.TASK_QUEUE, BakeWorkflow.LAUNCH_TASK_QUEUE);
    }

    private static WorkerFactoryOptions factoryOptions(WorkerCapacity capacity) {
        return WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(capacity.cachedBakes())
                .setMaxWorkflowThreadCount(3 * capacity.cachedBakes() + WINDOW_THREADS)
                .setUsingVirtualWorkflowThreads(VIRTUAL_THREADS)
                .build();
    }

    private static WorkerOptions workerOptions(WorkerCapacity capacity, Deployment deployment) {
        WorkerOptions.Builder options = WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(capacity.activitySlots())
                .setMaxConcurrentActivityTaskPollers(ACTIVITY_POLLS)
                .setUsingVirtualThreads(VIRTUAL_THREADS)
                .setStickyQueueScheduleToStartTimeout(STICKY)
                .setDefaultDeadlockDetectionTimeout(STUCK.toMillis());
        deployment.configure(options);
        return options.build();
    }

    /**
     * The server keeps the rate for all workers together; what the last one to poll says counts. Only launches wait in this
     * queue, so that their rate holds nothing else up.
     */
    private static WorkerOptions launchOptions(
            Installation installation, WorkerCapacity capacity, Deployment deployment) {
        WorkerOptions.Builder options = WorkerOptions.newBuilder()
                .setMaxTaskQueueActivitiesPerSecond(installation.launchesPerSecond())
                .setMaxConcurrentActivityTaskPollers(LAUNCH_POLLERS)
                .setUsingVirtualThreads(VIRTUAL_THREADS)
                .setMaxConcurrentActivityExecutionSize(Math.min(LAUNCH_SLOTS, capacity.activitySlots()));
        deployment.configure(options);
        return options.build();
    }

    /** An input that no decoder can read fails the workflow, instead of blocking its task for ever. */
    private static WorkflowImplementationOptions workflowOptions() {
        return WorkflowImplementationOptions.newBuilder()
                .setFailWorkflowExceptionTypes(DataConverterException.class)
                .build();
    }
}
