package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A builder is ready for work, or says what is wrong with it, on a Debian with real systemd and cloud-init. */
@OnRealMachines
class VerifyAgentTest {
    private static final String VERIFY = "debian/verify-agent.yaml";
    private static final Map<String, String> BAKE = Map.of("BakeId", "bake/web/us-east-1");

    private static Sandbox sandbox;

    @BeforeAll
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    @Test
    void waits_for_user_data_and_changes_nothing() {
        try (Builder builder =
                launched("#!/bin/sh\nuntil [ -e /run/released ]; do sleep 0.1; done\ntouch /run/done\n")) {
            assertThat(builder.machine().awaitAgent()).isTrue();
            await().atMost(Duration.ofMinutes(2)).until(() -> builder.ask("systemctl", "list-jobs", "--no-legend")
                    .contains("cloud-final.service"));
            builder.ask("systemd-run", "--quiet", "--on-active=2", "touch", "/run/released");

            String answer = builder.succeeds(VERIFY, BAKE);

            assertThat(answer)
                    .containsPattern(
                            "(?m)^AMI-BAKERY changed=0 packages=\\d+ bake=bake/web/us-east-1 system=debian-12"
                                    + " state=running cloud-init=finished agent=amazon-ssm-agent.service self-destruct=absent$");
            assertThat(builder.ask("ls", "/run/done")).isEqualTo("/run/done");
        }
    }

    @Test
    void fails_with_the_end_of_the_log_when_user_data_failed() {
        try (Builder builder =
                launched("#!/bin/sh\necho the oven is cold\nexit 7\n").awaitBooted()) {
            Exit failed = builder.runs(VERIFY, BAKE);

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr())
                    .contains("status: error", "the oven is cold")
                    .contains(
                            "AMI-BAKERY failed: cloud-init ended with status 1, so the builder is not what its user data"
                                    + " asks for");
        }
    }

    @Test
    void tells_which_units_failed_but_goes_on() {
        try (Builder builder = Builder.booted(sandbox)) {
            builder.machine().inside("systemd-run", "--quiet", "--unit=oven", "--wait", "false");

            assertThat(builder.succeeds(VERIFY, BAKE)).contains("oven.service").contains(" state=degraded ");
        }
    }

    @Test
    void fails_without_an_active_agent() {
        try (Builder builder = Builder.booted(sandbox)) {
            builder.ask("systemctl", "stop", "amazon-ssm-agent.service");

            Exit failed = builder.runs(VERIFY, BAKE);

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr()).isEqualTo("AMI-BAKERY failed: no unit of the SSM Agent is active\n");
        }
    }

    @Test
    void fails_on_a_system_of_the_other_family() {
        try (Builder builder = Builder.booted(sandbox)) {
            Exit failed = builder.runs("amazon-linux/verify-agent.yaml", BAKE);

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr())
                    .isEqualTo("AMI-BAKERY failed: this document is for Amazon Linux, but the builder runs debian-12;"
                            + " correct the recipe's system\n");
        }
    }

    private static Builder launched(String userData) {
        return Builder.launched(sandbox, sandbox.debian(), Builder.INSTANCE, userData);
    }
}
