package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sts.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.model.StsException;

class AssumedRoleTest {
    private static final Region HOME = new Region("us-east-1");
    private static final String ROLE = "arn:aws:iam::222233334444:role/baker";

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final SetClock clock = new SetClock();

    @BeforeEach
    void trust() {
        simulator.sts().add(Role.guarded(ROLE, "ours"));
    }

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void lends_one_session_until_five_minutes_before_its_end() {
        AssumedRole role = role("ours");
        AwsCredentials first = role.resolveCredentials();

        clock.passes(Duration.ofMinutes(50));
        assertThat(role.resolveCredentials()).isEqualTo(first);

        clock.passes(Duration.ofMinutes(6));
        assertThat(role.resolveCredentials()).isNotEqualTo(first);
    }

    @Test
    void fails_with_what_sts_says_when_the_external_id_is_another() {
        assertThatThrownBy(() -> role("of-somebody-else").resolveCredentials())
                .isInstanceOf(StsException.class)
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole on resource: " + ROLE);
    }

    private AssumedRole role(String externalId) {
        return new AssumedRole(new TargetAccount("222233334444", ROLE, externalId), () -> clients.sts(HOME), clock);
    }

    /** Stands still unless told otherwise. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.now();

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
