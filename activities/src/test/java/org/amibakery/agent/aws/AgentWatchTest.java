package org.amibakery.agent.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.agent.Agent;
import org.amibakery.agent.aws.AgentWatch.Seen;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.aws.InstanceDeath;
import org.amibakery.builder.aws.Instances;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

class AgentWatchTest {
    private static final Region REGION = new Region("us-east-1");
    private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");

    private final AgentWatch watch =
            new AgentWatch(new NoSsm(), new Instances(new NoEc2(), REGION, Ec2Errors.DESCRIBE), REGION);

    @Test
    void an_agent_that_is_silent_on_a_running_builder_is_waited_for() {
        assertThat(read("running").state()).contains("The agent of i-1 is ConnectionLost");
    }

    @Test
    void the_agent_of_a_stopped_builder_is_not_waited_for() {
        ApplicationFailure failure = read("stopped").failure().orElseThrow();

        assertThat(failure.getType()).isEqualTo(InstanceDeath.BUILDER_GONE);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage())
                .isEqualTo(
                        "The builder i-1 is stopped: by this bake, to make its image before the bake was reset, or by"
                                + " somebody else. Bake again.");
    }

    private Sighting<Agent> read(String state) {
        InstanceInformation silent = InstanceInformation.builder()
                .instanceId("i-1")
                .pingStatus("ConnectionLost")
                .build();
        Instance builder = Instance.builder()
                .instanceId("i-1")
                .state(now -> now.name(state))
                .build();
        BuilderRef waitedFor = new BuilderRef(REGION, new InstanceId("i-1"));
        return watch.read(
                new Waiting<>(waitedFor, SINCE, SINCE.plusSeconds(5), true, Duration.ZERO),
                Optional.of(new Seen(Optional.of(silent), Optional.of(builder))));
    }

    /** Answers nothing, as reading a sighting needs no call. */
    private static final class NoEc2 implements Ec2Client {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    /** Answers nothing either. */
    private static final class NoSsm implements SsmClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
