package org.amibakery.builder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeryJson;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.watch.Polling;
import org.amibakery.watch.Watchers;
import org.amibakery.workflow.ActivityProfiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A launch that has waited long for its turn. */
class LaunchTurnTest {
    private static final String QUEUE = "launch-turn";

    /** Longer than any refusal of EC2's is borne. */
    private static final Duration IN_THE_QUEUE = Duration.ofMinutes(40);

    private final Simulator aws = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            aws.endpoint(), aws.credentials().id(), aws.credentials().secret()));
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                            .setWorkerInterceptors(new LongQueue())
                            .build())
                    .build());
    private final Watchers watchers =
            Watchers.start(temporal.getWorkflowClient().newActivityCompletionClient(), BakeryCounters.NONE);

    @AfterEach
    void stop() {
        watchers.close();
        temporal.close();
        clients.close();
        aws.close();
    }

    @Test
    void a_short_quota_is_waited_for_however_long_the_launch_waited_for_its_turn() {
        aws.ec2().createsInstanceProfile("ami-bakery-builder", Duration.ZERO);
        Fault quota = aws.faults()
                .on("RunInstances")
                .atFirstCalls(3)
                .beforeCommit(FaultEffect.error(SimulatorError.refused("VcpuLimitExceeded", "Too many")));

        assertThat(launch()).startsWith("i-");
        assertThat(quota.timesFired()).isEqualTo(3);
    }

    private String launch() {
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(LaunchImpl.class);
        worker.registerActivitiesImplementations(new Ec2BuilderActivities(
                clients, watchers, Polling.every(Duration.ofMillis(100)), BakeryCounters.NONE));
        temporal.start();
        String image = aws.ec2().ownsImage("foundation", Instant.EPOCH, Map.of());
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Launch.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .launch(Launches.first(image, aws.ec2().subnetIds().get(0)));
    }

    /** The launch of a bake. */
    @WorkflowInterface
    public interface Launch {
        @WorkflowMethod
        String launch(LaunchBuilder request);
    }

    /** Launches as a bake does. */
    public static final class LaunchImpl implements Launch {
        @Override
        public String launch(LaunchBuilder request) {
            return Workflow.newActivityStub(BuilderActivities.class, ActivityProfiles.paced("launch", QUEUE))
                    .launch(request)
                    .value();
        }
    }

    /** Tells activities that they were scheduled long before they began: the server in memory keeps nobody waiting. */
    private static final class LongQueue extends WorkerInterceptorBase {
        @Override
        public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
            return new ActivityInboundCallsInterceptorBase(next) {
                @Override
                public void init(ActivityExecutionContext context) {
                    super.init(new ActivityExecutionContextBase(context) {
                        @Override
                        public ActivityInfo getInfo() {
                            return longQueued(super.getInfo());
                        }
                    });
                }
            };
        }

        private static ActivityInfo longQueued(ActivityInfo info) {
            Object queued = Proxy.newProxyInstance(
                    ActivityInfo.class.getClassLoader(),
                    new Class<?>[] {ActivityInfo.class},
                    (proxy, method, nothing) -> {
                        Object told = method.invoke(info, nothing);
                        return method.getName().equals("getScheduledTimestamp")
                                ? (Object) ((long) told - IN_THE_QUEUE.toMillis())
                                : told;
                    });
            return (ActivityInfo) queued;
        }
    }
}
