package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A builder ends itself when its bake expires, and the image made of it does not: on a Debian with real systemd. */
@OnRealMachines
class SelfDestructTest {
    private static final String TIMER = "ami-bakery-self-destruct.timer";
    private static final String PRODUCT = "i-09e0d0c7000000000";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final DateTimeFormatter SYSTEMD_TIME =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    private static Sandbox sandbox;

    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // to make the root
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    @Test
    void user_data_arms_the_timer_for_the_expiry_and_a_reboot_leaves_it_armed() {
        Instant expiry = secondsOf(Instant.now().plus(Duration.ofHours(3)));
        try (Builder builder = launched(Builder.userData(expiry)).awaitBooted()) {
            assertThat(nextElapse(builder)).isEqualTo(expiry);
            assertThat(builder.ask("systemctl", "is-active", "amazon-ssm-agent"))
                    .isEqualTo("active");

            assertThat(builder.machine().reboot()).isTrue();
            builder.awaitBooted();

            assertThat(nextElapse(builder)).isEqualTo(expiry);
        }
    }

    @Test
    void the_machine_powers_off_when_the_instant_comes() {
        try (Builder builder = Builder.booted(sandbox)) {
            Instant expiry = Instant.now().plusSeconds(6);

            Exit armed = builder.runAsAgent(Builder.userData(expiry), Map.of());
            builder.machine().awaitPowerOff();

            assertThat(armed.output()).contains("AMI-BAKERY user data done");
            assertThat(Instant.now()).isAfterOrEqualTo(secondsOf(expiry));
        }
    }

    @Test
    void the_machine_powers_off_at_once_when_the_expiry_is_past() {
        try (Builder builder = launched(Builder.userData(Instant.now().minusSeconds(3600)))) {
            builder.machine().awaitPowerOff();

            assertThat(builder.text("var/log/cloud-init-output.log")).contains("powering off");
        }
    }

    @Test
    void an_instant_that_comes_while_the_timer_is_being_armed_counts_too() {
        try (Builder builder = Builder.booted(sandbox)) {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> Instant.now().get(ChronoField.MILLI_OF_SECOND) > 750);

            builder.runAsAgent(Builder.userData(Instant.now().plusSeconds(1)), Map.of());

            builder.machine().awaitPowerOff();
        }
    }

    @Test
    void without_the_scrub_the_image_would_end_its_instances() {
        try (Builder builder = launched("")) {
            Instant expiry = bootAndArm(builder);
            builder.machine().powerOff();
            assertThat(expiry).as("the builder went off in time, of itself").isAfter(Instant.now());
            assertThat(tracesIn(builder)).contains("etc/systemd/system/" + TIMER);
            awaitPast(expiry);

            try (Builder product = builder.launchedFromIts(PRODUCT, "")) {
                product.machine().awaitPowerOff();
            }
        }
    }

    @Test
    void the_scrubbed_image_carries_no_trace_and_its_instances_stay_up_past_the_expiry() {
        try (Builder builder = launched("")) {
            Instant expiry = bootAndArm(builder);
            assertThat(nextElapse(builder)).isEqualTo(secondsOf(expiry));

            assertThat(builder.succeeds("debian/scrub.yaml", Map.of()))
                    .as("the first scrub")
                    .contains("AMI-BAKERY changed=");
            assertThat(builder.succeeds("debian/scrub.yaml", Map.of()))
                    .as("a second one")
                    .contains("AMI-BAKERY changed=");
            builder.machine().powerOff();

            assertThat(tracesIn(builder)).isEmpty();
            awaitPast(expiry);
            try (Builder product = builder.launchedFromIts(PRODUCT, "").awaitBooted()) {
                assertThat(product.ask("systemctl", "is-system-running")).isEqualTo("running");
                assertThat(product.ask("systemctl", "list-timers", "--all")).doesNotContain("ami-bakery");
                assertThat(product.ask("systemctl", "list-unit-files")).doesNotContain("ami-bakery");
            }
        }
    }

    /** Boots it and arms it for an instant that leaves time for what follows, told by what its boot took. */
    private static Instant bootAndArm(Builder builder) {
        Instant launched = Instant.now();
        builder.awaitBooted();
        Duration booting = Duration.between(launched, Instant.now());
        Instant expiry = Instant.now().plusSeconds(10).plus(booting.compareTo(LONGEST) < 0 ? booting : LONGEST);
        assertThat(builder.runAsAgent(Builder.userData(expiry), Map.of()).code())
                .isZero();
        return expiry;
    }

    private static Builder launched(String userData) {
        return Builder.launched(sandbox, sandbox.debian(), Builder.INSTANCE, userData);
    }

    private static Instant nextElapse(Builder machine) {
        String next = machine.ask("systemctl", "show", TIMER, "--property=NextElapseUSecRealtime", "--value");
        return Instant.from(SYSTEMD_TIME.parse(next));
    }

    /** Every file of the machine that is named for the self-destruct, lies among its links, or speaks of it. */
    private static List<String> tracesIn(Builder machine) {
        return machine.changedFiles().stream()
                .filter(file ->
                        file.contains("self-destruct") || machine.text(file).contains("self-destruct"))
                .toList();
    }

    /** Waits for the clock itself, since it is what systemd waits for. */
    private static void awaitPast(Instant expiry) {
        await().atMost(Duration.ofMinutes(2)).until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));
    }

    private static Instant secondsOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
