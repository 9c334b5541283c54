package org.amibakery.builder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.bake.BakeryJson;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.watch.Polling;
import org.amibakery.watch.Watchers;
import org.amibakery.workflow.ActivityProfiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** Ends a builder as patiently as a bake does, on a Temporal whose clock skips, while EC2 will not have it for an hour. */
@Execution(ExecutionMode.SAME_THREAD) // the log is everybody's
class BuilderTerminationTest {
    private static final String QUEUE = "builder-termination";
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Simulator aws = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            aws.endpoint(), aws.credentials().id(), aws.credentials().secret()));
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final Alerts alerts = new Alerts(temporalClock());
    private final Watchers watchers =
            Watchers.start(temporal.getWorkflowClient().newActivityCompletionClient(), alerts);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() {
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(EndImpl.class);
        worker.registerActivitiesImplementations(new Ec2BuilderActivities(
                clients, watchers, Polling.every(Duration.ofMillis(100)), alerts, temporalClock()));
        temporal.start();
        log.start();
        logger().addAppender(log);
        logger().setAdditive(false); // it is expected, so nobody needs to read it
    }

    @AfterEach
    void stop() {
        logger().setAdditive(true);
        logger().detachAppender(log);
        watchers.close();
        temporal.close();
        clients.close();
        aws.close();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_builder_is_ended_once_ec2_allows_it_and_a_person_is_told_after_half_an_hour(SimulatorError refusal) {
        String builder = aws.ec2().runsInstanceFrom(anyImage());
        Instant begun = temporalClock().instant();
        List<Instant> calls = new CopyOnWriteArrayList<>();
        Fault outage = aws.faults()
                .on("TerminateInstances")
                .matching(TerminateInstancesRequest.class, call -> {
                    calls.add(temporalClock().instant());
                    return temporalClock().instant().isBefore(begun.plus(AN_HOUR));
                })
                .beforeCommit(FaultEffect.error(refusal));

        temporal.getWorkflowClient()
                .newWorkflowStub(
                        End.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .of(new BuilderRef(Launches.REGION, new InstanceId(builder)));

        assertThat(outage.timesFired()).isGreaterThan(100);
        assertThat(calls.get(calls.size() - 1)).isBetween(begun.plus(AN_HOUR), begun.plus(AN_HOUR.plusMinutes(2)));
        assertThat(aws.ledger().everything())
                .filteredOn(entry -> entry.id().equals(builder))
                .singleElement()
                .matches(LedgerEntry::gone);
        assertThat(alerts.times).isNotEmpty().allSatisfy(time -> assertThat(time)
                .isAfter(begun.plus(GoneWatch.OVERDUE_AFTER)));
        assertThat(alerts.times.get(0))
                .isBefore(begun.plus(GoneWatch.OVERDUE_AFTER).plusSeconds(60));
        assertThat(errors()).hasSameSizeAs(alerts.times).allSatisfy(line -> assertThat(line)
                .contains("could not be terminated", "costs money", builder, refusal.code()));
    }

    static Stream<SimulatorError> refusals() {
        return Stream.of(
                SimulatorError.refused("UnauthorizedOperation", "Not for an hour"),
                SimulatorError.of(503, "Unavailable", "Not for an hour"));
    }

    private String anyImage() {
        return clients.ec2(Launches.REGION)
                .describeImages(request -> request.owners("137112412989"))
                .images()
                .get(0)
                .imageId();
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Clock temporalClock() {
        InstantSource skipping = () -> Instant.ofEpochMilli(temporal.currentTimeMillis());
        return skipping.withZone(ZoneOffset.UTC);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Ec2BuilderActivities.class);
    }

    /** The end of a bake's builder. */
    @WorkflowInterface
    public interface End {
        @WorkflowMethod
        void of(BuilderRef builder);
    }

    /** Ends it as a bake does. */
    public static final class EndImpl implements End {
        @Override
        public void of(BuilderRef builder) {
            Workflow.newActivityStub(BuilderActivities.class, ActivityProfiles.untilDone("terminate"))
                    .terminate(builder);
        }
    }

    /** Notes when a person was told that a builder does not end. */
    private static final class Alerts implements BakeryCounters {
        private final InstantSource clock;
        private final List<Instant> times = new CopyOnWriteArrayList<>();

        Alerts(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public void lookFailed(String wait, String code) {}

        @Override
        public void lookLate(String wait, Duration by) {}

        @Override
        public void cleanupOverdue(String what) {
            assertThat(what).isEqualTo("terminate builder");
            times.add(clock.instant());
        }
    }
}
