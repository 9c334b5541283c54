package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sts.Role;
import org.amibakery.watch.MovableClock;
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
    private final MovableClock clock = new MovableClock(Instant.now());

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

        clock.advance(Duration.ofMinutes(50));
        assertThat(role.resolveCredentials()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(6));
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

    @Test
    void the_last_session_serves_until_its_end_while_no_other_is_to_be_had() {
        AssumedRole role = role("ours");
        AwsCredentials first = role.resolveCredentials();
        simulator.sts().add(Role.guarded(ROLE, "another"));

        clock.advance(Duration.ofMinutes(57));
        assertThat(role.resolveCredentials()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(4));
        assertThatThrownBy(role::resolveCredentials).isInstanceOf(StsException.class);
    }
}
