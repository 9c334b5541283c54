package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.amibakery.acceptance.documents.CommandDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A builder ends itself when its bake expires, and the image made of it does not: on a Debian with real systemd. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 4, unit = TimeUnit.MINUTES) // on a busy computer; on an idle one it is a quarter of a minute
class SelfDestructTest {
    private static final String TIMER = "ami-bakery-self-destruct.timer";
    private static final String BUILDER = "i-0b111de4b111de400";
    private static final String PRODUCT = "i-09e0d0c7000000000";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final DateTimeFormatter SYSTEMD_TIME =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    private static final String SCRUB =
            CommandDocument.named("debian/scrub.yaml").scripts().get(0);

    private static DebianRoot root;

    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // to make the root
    static void have_a_debian() {
        root = DebianRoot.require();
    }

    @Test
    void user_data_arms_the_timer_for_the_expiry_and_a_reboot_leaves_it_armed() {
        Instant expiry = secondsOf(Instant.now().plus(Duration.ofHours(3)));
        try (Machine builder = Machine.of(root)) {
            builder.launch(BUILDER, userData(expiry));
            builder.awaitBooted();

            assertThat(nextElapse(builder)).isEqualTo(expiry);
            assertThat(builder.ask("systemctl", "is-active", "amazon-ssm-agent"))
                    .isEqualTo("active");

            builder.reboot();

            assertThat(nextElapse(builder)).isEqualTo(expiry);
        }
    }

    @Test
    void the_machine_powers_off_when_the_instant_comes() {
        try (Machine builder = Machine.of(root)) {
            builder.launch(BUILDER, "");
            builder.awaitBooted();
            Instant expiry = Instant.now().plusSeconds(6);

            ScriptRun armed = builder.runAsAgent(userData(expiry), Map.of());
            builder.awaitPowerOff();

            assertThat(armed.output()).contains("AMI-BAKERY user data done");
            assertThat(Instant.now()).isAfterOrEqualTo(secondsOf(expiry));
        }
    }

    @Test
    void the_machine_powers_off_at_once_when_the_expiry_is_past() {
        try (Machine builder = Machine.of(root)) {
            builder.launch(BUILDER, userData(Instant.now().minusSeconds(3600)));

            builder.awaitPowerOff();

            assertThat(text(builder, Path.of("var/log/cloud-init-output.log"))).contains("powering off");
        }
    }

    @Test
    void an_instant_that_comes_while_the_timer_is_being_armed_counts_too() {
        try (Machine builder = Machine.of(root)) {
            builder.launch(BUILDER, "");
            builder.awaitBooted();
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> Instant.now().get(ChronoField.MILLI_OF_SECOND) > 750);

            builder.runAsAgent(userData(Instant.now().plusSeconds(1)), Map.of());

            builder.awaitPowerOff();
        }
    }

    @Test
    void without_the_scrub_the_image_would_end_its_instances() {
        try (Machine builder = Machine.of(root)) {
            Instant expiry = launchArmed(builder);
            builder.powerOff();
            assertThat(expiry).as("the builder went off in time, of itself").isAfter(Instant.now());
            awaitPast(expiry);

            builder.launch(PRODUCT, "");

            builder.awaitPowerOff();
            assertThat(tracesIn(builder)).contains("etc/systemd/system/" + TIMER);
        }
    }

    @Test
    void the_scrubbed_image_carries_no_trace_and_its_instances_stay_up_past_the_expiry() {
        try (Machine builder = Machine.of(root)) {
            Instant expiry = launchArmed(builder);
            assertThat(nextElapse(builder)).isEqualTo(secondsOf(expiry));

            assertThat(scrub(builder)).as("the first scrub").contains("AMI-BAKERY changed=");
            assertThat(scrub(builder)).as("a second one").contains("AMI-BAKERY changed=");
            builder.powerOff();

            assertThat(tracesIn(builder)).isEmpty();
            awaitPast(expiry);
            builder.launch(PRODUCT, "");
            builder.awaitBooted();
            assertThat(builder.ask("systemctl", "is-system-running")).isEqualTo("running");
            assertThat(builder.ask("systemctl", "list-timers", "--all")).doesNotContain("ami-bakery");
            assertThat(builder.ask("systemctl", "list-unit-files")).doesNotContain("ami-bakery");
        }
    }

    /** Boots it and arms it for an instant that leaves time for what follows, told by what its boot took. */
    private static Instant launchArmed(Machine builder) {
        Instant launched = Instant.now();
        builder.launch(BUILDER, "");
        builder.awaitBooted();
        Duration booting = Duration.between(launched, Instant.now());
        Instant expiry = Instant.now().plusSeconds(10).plus(booting.compareTo(LONGEST) < 0 ? booting : LONGEST);
        assertThat(builder.runAsAgent(userData(expiry), Map.of()).exitCode()).isZero();
        return expiry;
    }

    private static String scrub(Machine builder) {
        ScriptRun scrubbed = builder.runAsAgent(SCRUB, Map.of("AWS_SSM_INSTANCE_ID", BUILDER));
        assertThat(scrubbed.exitCode()).as(scrubbed.output()).isZero();
        return scrubbed.output();
    }

    /** What user data becomes in a launch, where the placeholder is all that the worker replaces. */
    private static String userData(Instant expiry) {
        try {
            return Files.readString(CommandDocument.INFRASTRUCTURE.resolve("builder/user-data.sh"))
                    .replace("@@EXPIRES@@", secondsOf(expiry).toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Instant nextElapse(Machine machine) {
        String next = machine.ask("systemctl", "show", TIMER, "--property=NextElapseUSecRealtime", "--value");
        return Instant.from(SYSTEMD_TIME.parse(next));
    }

    /** Every file of the machine that is named for the self-destruct, lies among its links, or speaks of it. */
    private static List<String> tracesIn(Machine machine) {
        return machine.changedFiles().stream()
                .filter(file -> file.toString().contains("self-destruct")
                        || text(machine, file).contains("self-destruct"))
                .map(Path::toString)
                .toList();
    }

    private static String text(Machine machine, Path file) {
        Path path = machine.rootFile(file);
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readString(path, StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits for the clock itself, since it is what systemd waits for. */
    private static void awaitPast(Instant expiry) {
        await().atMost(Duration.ofMinutes(2)).until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));
    }

    private static Instant secondsOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
