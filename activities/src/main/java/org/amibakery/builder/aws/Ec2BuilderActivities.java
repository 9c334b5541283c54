package org.amibakery.builder.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.aws.EarlierRefusals;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.aws.ErrorTable;
import org.amibakery.aws.Refusals;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.FoundBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.RunningBuilder;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Polling;
import org.amibakery.watch.Waits;
import org.amibakery.watch.Watchers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Launches and ends builders on EC2. Holds no state of its own; its waits are the watchers'. */
public final class Ec2BuilderActivities implements BuilderActivities {
    private static final Logger log = LoggerFactory.getLogger(Ec2BuilderActivities.class);

    private final AwsClients clients;
    private final BakeryCounters counters;
    private final Clock clock;
    private final Waits<BuilderRef, RunningBuilder> running;
    private final Waits<BuilderRef, Void> stopped;
    private final Waits<FindBuilder, FoundBuilder> byToken;
    private final Waits<BuilderRef, Void> gone;

    /** Registers the four kinds of wait with the watchers. */
    public Ec2BuilderActivities(AwsClients clients, Watchers watchers, Polling polling, BakeryCounters counters) {
        this(clients, watchers, polling, counters, Clock.systemUTC());
    }

    Ec2BuilderActivities(AwsClients clients, Watchers watchers, Polling polling, BakeryCounters counters, Clock clock) {
        this.clients = requireNonNull(clients, "clients");
        this.counters = requireNonNull(counters, "counters");
        this.clock = requireNonNull(clock, "clock");
        this.running =
                watchers.waits("builder running", polling.instance(), region -> new RunningWatch(instances(region)));
        this.stopped =
                watchers.waits("builder stopped", polling.instance(), region -> new StoppedWatch(instances(region)));
        this.byToken = watchers.waits(
                "builder by token", polling.instance(), region -> new LaunchTokenWatch(instancesToCleanUp(region)));
        this.gone = watchers.waits(
                "builder gone",
                polling.instance(),
                region -> new GoneWatch(instancesToCleanUp(region), new LeftoverVolumes(clients.ec2(region), region)));
    }

    @Override
    public InstanceId launch(LaunchBuilder request) {
        RunInstancesRequest call = LaunchCall.of(request);
        Region region = request.region();
        EarlierRefusals earlier = EarlierRefusals.ofThisActivity();
        try {
            return living(errorsOf(request)
                    .at(earlier.attempt())
                    .guard("RunInstances", region, () -> clients.ec2WithoutRetries(region)
                            .runInstances(call))
                    .instances());
        } catch (ApplicationFailure refused) {
            if (refused.getType().equals("IdempotentParameterMismatch")) {
                return launchedByAnotherVersion(request, refused);
            }
            throw earlier.settle(refused);
        }
    }

    /** By the image's age when the launch was first asked for, so that each attempt judges alike. */
    private static ErrorTable errorsOf(LaunchBuilder request) {
        Instant asked =
                Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
        Instant old = request.foundation().createdAt().plus(Ec2Errors.VISIBLE_WITHIN);
        return asked.isBefore(old) ? Ec2Errors.LAUNCH_OF_NEW_IMAGE : Ec2Errors.LAUNCH;
    }

    @Override
    public RunningBuilder awaitRunning(BuilderRef builder) {
        return running.await(builder.region(), builder);
    }

    @Override
    public FoundBuilder find(FindBuilder request) {
        return byToken.await(request.region(), request);
    }

    @Override
    public void stop(BuilderRef builder) {
        Ec2Errors.STOP.perform("StopInstances", builder.region(), () -> clients.ec2(builder.region())
                .stopInstances(call -> call.instanceIds(builder.id().value())));
        stopped.await(builder.region(), builder);
    }

    @Override
    public void terminate(BuilderRef builder) {
        try {
            Ec2Errors.TERMINATE.perform("TerminateInstances", builder.region(), () -> clients.ec2(builder.region())
                    .terminateInstances(call -> call.instanceIds(builder.id().value())));
        } catch (ApplicationFailure refused) {
            alertIfOverdue(builder, refused);
            throw refused;
        }
    }

    @Override
    public void awaitGone(BuilderRef builder) {
        gone.await(builder.region(), builder);
    }

    /** The worker that launched first wrote the call in another way, as after a deploy; what it launched will do. */
    private InstanceId launchedByAnotherVersion(LaunchBuilder request, ApplicationFailure refused) {
        List<Instance> launched =
                instances(request.region()).byToken(List.of(request.token().value()));
        if (launched.isEmpty()) {
            throw Refusals.failure(
                    new Refusal("RunInstances", refused.getType(), Reaction.BACK_OFF, Blame.AWS),
                    "A launch with the token %s exists in %s but is not visible yet. It is looked for again.",
                    request.token(),
                    request.region());
        }
        return living(launched);
    }

    /** A token answers with its instance also when that is dead; why it died tells what to do (aws-semantics: harbor#2346). */
    private static InstanceId living(List<Instance> launched) {
        return launched.stream()
                .filter(instance -> !Instances.isDead(instance))
                .findFirst()
                .map(instance -> new InstanceId(instance.instanceId()))
                .orElseThrow(() -> died(launched.get(0)));
    }

    /** One that was terminated on request belonged to a run of the bake before its reset, which cleaned up. */
    private static ApplicationFailure died(Instance launched) {
        return InstanceDeath.wasAskedFor(launched)
                ? Refusals.failure(
                        new Refusal("RunInstances", InstanceDeath.BUILDER_GONE, Reaction.RELAUNCH, Blame.AWS),
                        "The builder %s of this launch is terminated already. Another is launched.",
                        launched.instanceId())
                : InstanceDeath.failure(launched);
    }

    /** A person must know while it is still retried, which is why this logs and throws. */
    private void alertIfOverdue(BuilderRef builder, ApplicationFailure refused) {
        Instant since =
                Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
        if (since.plus(GoneWatch.OVERDUE_AFTER).isBefore(clock.instant())) {
            counters.cleanupOverdue("terminate builder");
            log.error(
                    "A builder could not be terminated since {}; it costs money until somebody acts id={} reason={}",
                    since,
                    builder.id(),
                    refused.getOriginalMessage());
        }
    }

    private Instances instances(Region region) {
        return new Instances(clients.ec2(region), region, Ec2Errors.DESCRIBE);
    }

    private Instances instancesToCleanUp(Region region) {
        return new Instances(clients.ec2(region), region, Ec2Errors.DESCRIBE_FOR_CLEANUP);
    }
}
