package org.amibakery.simulator.sts;

import static org.amibakery.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.amibakery.simulator.wire.AccessKey;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Accounts;
import org.amibakery.simulator.world.MovableClock;
import org.amibakery.simulator.world.SimulatorClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class StsTest {
    private static final String ROLE = "arn:aws:iam::999988887777:role/ci/baker";

    private final MovableClock clock = new MovableClock();
    private final Accounts accounts = new Accounts();
    private final Identities identities = new Identities(accounts, SimulatorClock.on(clock), 1);
    private final StsClient sts = identities.clientFor("AKIAHERE");

    @BeforeEach
    void a_caller_and_a_guarded_role_exist() {
        accounts.accept(AccessKey.longTerm("AKIAHERE", "secret"), "111122223333");
        identities.add(Role.guarded(ROLE, "shared-word"));
    }

    @Test
    void tells_the_caller_who_it_is() {
        GetCallerIdentityResponse caller = sts.getCallerIdentity();

        assertThat(caller.account()).isEqualTo("111122223333");
        assertThat(caller.arn()).isEqualTo("arn:aws:iam::111122223333:user/simulator");
    }

    @Test
    void lends_credentials_that_the_wire_accepts_for_the_role_account() {
        AssumeRoleResponse lent = assume("shared-word");

        AccessKey key = accounts.find(lent.credentials().accessKeyId()).orElseThrow();
        assertThat(key.sessionToken()).contains(lent.credentials().sessionToken());
        assertThat(key.expiry()).contains(clock.instant().plus(Duration.ofHours(1)));
        assertThat(accounts.accountOf(key.id())).contains("999988887777");
        assertThat(identities.clientFor(key.id()).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::999988887777:assumed-role/baker/bakery");
    }

    @Test
    void refuses_a_wrong_external_id_like_an_unknown_role() {
        assertRefused("AccessDenied", () -> assume("guess"))
                .returns(403, SimulatorError::status)
                .returns(
                        "User: arn:aws:iam::111122223333:user/simulator is not authorized to perform: sts:AssumeRole"
                                + " on resource: " + ROLE,
                        SimulatorError::getMessage);
        assertRefused(
                        "AccessDenied",
                        () -> sts.assumeRole(it ->
                                it.roleArn(ROLE + "2").roleSessionName("bakery").externalId("shared-word")))
                .returns(403, SimulatorError::status);
    }

    @Test
    void refuses_sessions_shorter_than_15_minutes_and_longer_than_the_role_allows() {
        assertRefused("ValidationError", () -> assume(Duration.ofMinutes(14)))
                .satisfies(error -> assertThat(error).hasMessageContaining("greater than or equal to 900"));
        assertRefused("ValidationError", () -> assume(Duration.ofHours(2)))
                .returns(
                        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
                        SimulatorError::getMessage);
    }

    @Test
    void refuses_session_names_with_spaces() {
        assertRefused(
                        "ValidationError",
                        () -> sts.assumeRole(it -> it.roleArn(ROLE).roleSessionName("a b")))
                .satisfies(error -> assertThat(error).hasMessageContaining("'roleSessionName'"));
    }

    private AssumeRoleResponse assume(String externalId) {
        return sts.assumeRole(it -> it.roleArn(ROLE).roleSessionName("bakery").externalId(externalId));
    }

    private AssumeRoleResponse assume(Duration duration) {
        return sts.assumeRole(it -> it.roleArn(ROLE)
                .roleSessionName("bakery")
                .externalId("shared-word")
                .durationSeconds((int) duration.toSeconds()));
    }
}
