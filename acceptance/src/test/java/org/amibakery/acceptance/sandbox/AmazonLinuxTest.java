package org.amibakery.acceptance.sandbox;

import static org.amibakery.acceptance.sandbox.RealDnf.NEW;
import static org.amibakery.acceptance.sandbox.RealDnf.NEW_KERNEL;
import static org.amibakery.acceptance.sandbox.RealDnf.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.amibakery.acceptance.sandbox.RpmRepository.Rpm;
import org.amibakery.simulator.sandbox.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents of the amazon-linux family meet a real dnf, a real rpm and repositories that are locked to a release. */
@OnRealMachines
class AmazonLinuxTest {
    private static final String UPDATE = "amazon-linux/update-packages.yaml";
    private static final String INSTALL = "amazon-linux/install-packages.yaml";
    private static final Map<String, String> LATEST = Map.of("Release", "latest");
    private static final String LATEST_FOLDER = "latest";

    @BeforeAll
    static void have_a_debian() {
        RealDebian.require();
    }

    @Test
    void an_update_moves_the_lock_with_the_packages_and_a_second_run_changes_nothing() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder).offers(LATEST_FOLDER, Rpm.release(NEW)).offers(LATEST_FOLDER, Rpm.named("oven", "2.0"));
            assertThat(builder.shell("dnf -y upgrade")).as("dnf by itself").contains("Nothing to do.");

            String first = builder.succeeds(UPDATE, LATEST);
            String second = builder.succeeds(UPDATE, LATEST);

            assertThat(first)
                    .contains("oven.noarch 2.0-1\n", "system-release.noarch " + NEW + "-1\n")
                    .containsPattern("AMI-BAKERY changed=2 packages=4 rebooted=no kernel=6\\S+ release=" + NEW + "\n$");
            assertThat(second).startsWith("AMI-BAKERY changed=0 packages=4 ");
        }
    }

    @Test
    void an_update_stays_on_the_release_that_a_recipe_names_and_goes_back_to_none() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder)
                    .offers(NEW, Rpm.release(NEW))
                    .offers(NEW, Rpm.named("oven", "2.0"))
                    .offers(LATEST_FOLDER, Rpm.release("2023.9.20259999"))
                    .offers(LATEST_FOLDER, Rpm.named("oven", "3.0"));

            String named = builder.succeeds(UPDATE, Map.of("Release", NEW));
            Exit older = builder.runs(UPDATE, Map.of("Release", OLD));

            assertThat(named).contains("oven.noarch 2.0-1\n").contains(" release=" + NEW + "\n");
            assertThat(older.code()).isEqualTo(1);
            assertThat(older.stderr())
                    .isEqualTo(
                            "AMI-BAKERY failed: asked for release %s, but the builder is on %s; dnf never goes back to an"
                                            .formatted(OLD, NEW)
                                    + " older one\n");
        }
    }

    /** needs-restarting does not know kernel6.12 (amazon-linux-2023#1125). */
    @Test
    void an_update_reboots_into_a_new_kernel_that_needs_restarting_does_not_know() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder).offers(LATEST_FOLDER, Rpm.release(NEW)).offers(LATEST_FOLDER, Rpm.kernel("6.12.9"));

            Exit before = builder.runs(UPDATE, LATEST);
            assertThat(builder.machine()
                            .inside("dnf", "-q", "needs-restarting", "-r")
                            .code())
                    .as("needs-restarting")
                    .isZero();
            builder.shell("echo %s >/etc/running-kernel".formatted(NEW_KERNEL));
            assertThat(builder.machine().reboot()).isTrue();
            Exit after = builder.runs(UPDATE, LATEST);

            assertThat(before.code()).as(before.output()).isEqualTo(194);
            assertThat(before.stdout()).startsWith("Rebooting into kernel " + NEW_KERNEL + ", ");
            assertThat(after.code()).as(after.output()).isZero();
            assertThat(after.stdout())
                    .contains("AMI-BAKERY changed=2 packages=5 rebooted=yes kernel=" + NEW_KERNEL + " ");
        }
    }

    @Test
    void an_update_reboots_for_a_library_that_everything_uses() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder)
                    .offers(OLD, Rpm.named("glibc", "2.34"))
                    .offers(LATEST_FOLDER, Rpm.named("glibc", "2.35"));
            builder.shell("dnf -y install glibc");
            builder.machine().reboot();
            builder.awaitBooted();

            Exit before = builder.runs(UPDATE, LATEST);
            assertThat(builder.machine().reboot()).isTrue();
            Exit after = builder.runs(UPDATE, LATEST);

            assertThat(before.code()).as(before.output()).isEqualTo(194);
            assertThat(after.code()).as(after.output()).isZero();
            assertThat(after.stdout()).contains("AMI-BAKERY changed=1 ", " rebooted=yes ");
        }
    }

    /** dnf itself exits with 0. */
    @Test
    void an_update_fails_for_a_package_that_could_not_set_itself_up_also_when_it_runs_again() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder)
                    .offers(LATEST_FOLDER, Rpm.named("oven", "2.0").running("echo the oven exploded; exit 3"));

            Exit first = builder.runs(UPDATE, LATEST);
            Exit second = builder.runs(UPDATE, LATEST);

            assertThat(first.code()).as(first.output()).isEqualTo(1);
            assertThat(first.stderr())
                    .contains("AMI-BAKERY failed: scripts of packages failed, so those are installed but not set up: ")
                    .contains("oven-2.0-1");
            assertThat(second.code()).as(second.output()).isEqualTo(1);
        }
    }

    /** dnf waits for another dnf by itself, unless it is told not to, and never for rpm. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "rpm --install /srv/repository/2023.8.20250707/slow-1.0-1.noarch.rpm, transaction lock",
        "dnf -y install slow, already locked by"
    })
    void an_update_waits_for_another_tool_at_work(String tool, String complaint) {
        try (Builder builder = RealDnf.booted()) {
            Rpm slow = Rpm.named("slow", "1.0").running("until [ -e /run/released ]; do sleep 0.1; done");
            repository(builder).offers(OLD, slow).offers(LATEST_FOLDER, Rpm.named("oven", "2.0"));
            builder.shell("echo exit_on_lock=True >>/etc/dnf/dnf.conf; systemd-run --quiet " + tool);
            await().atMost(Duration.ofMinutes(2)).until(() -> builder.isLeft("usr/share/slow/1.0"));

            CompletableFuture<Exit> script = CompletableFuture.supplyAsync(() -> builder.runs(UPDATE, LATEST), task -> {
                Thread thread = new Thread(task, "update");
                thread.setDaemon(true);
                thread.start();
            });
            await().atMost(Duration.ofMinutes(2)).until(() -> builder.text("var/log/ami-bakery/update-packages.log")
                    .contains(complaint));
            builder.ask("touch", "/run/released");

            assertThat(script.join())
                    .satisfies(exit -> assertThat(exit.code()).as(exit.output()).isZero());
            assertThat(script.join().stdout()).contains("oven.noarch 2.0-1\n");
        }
    }

    @Test
    void packages_are_installed_from_the_release_and_a_second_run_changes_nothing() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder)
                    .offers(OLD, Rpm.named("tray", "1.0"))
                    .offers(
                            OLD,
                            Rpm.named("awscli-2", "2.30")
                                    .running("printf '#!/bin/sh\\necho aws-cli/2.30\\n'"
                                            + " >/usr/local/bin/aws; chmod 755 /usr/local/bin/aws"))
                    .offers(LATEST_FOLDER, Rpm.named("tray", "9.0"));

            String first = builder.succeeds(INSTALL, Map.of("Packages", "tray awscli"));
            String second = builder.succeeds(INSTALL, Map.of("Packages", "tray awscli"));

            assertThat(first)
                    .contains("aws-cli/2.30\n", "tray.noarch 1.0-1\n", "awscli-2.noarch 2.30-1\n")
                    .contains("AMI-BAKERY changed=2 packages=6\n");
            assertThat(second).contains("AMI-BAKERY changed=0 packages=6\n");
        }
    }

    @Test
    void an_installation_fails_for_what_is_not_to_be_had_or_not_set_up_or_does_not_run() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder)
                    .offers(OLD, Rpm.named("broken", "1.0").running("exit 3"))
                    .offers(OLD, Rpm.named("awscli-2", "2.30"));

            Exit absent = builder.runs(INSTALL, Map.of("Packages", "oven teapot"));
            Exit idle = builder.runs(INSTALL, Map.of("Packages", "awscli"));
            Exit broken = builder.runs(INSTALL, Map.of("Packages", "broken"));

            assertThat(absent.code()).isEqualTo(1);
            assertThat(absent.stderr())
                    .contains(
                            "teapot",
                            "AMI-BAKERY failed: 'dnf install -- oven teapot' failed; its last output stands above");
            assertThat(idle.code()).as("aws --version, which is not there").isEqualTo(127);
            assertThat(broken.code()).isEqualTo(1);
            assertThat(broken.stderr())
                    .contains("AMI-BAKERY failed: scripts of packages failed, so those are installed but not set up: ");
        }
    }

    @Test
    void a_builder_is_verified() {
        try (Builder builder = RealDnf.booted()) {
            String answer = builder.succeeds("amazon-linux/verify-agent.yaml", Map.of("BakeId", "bake/web/us-east-1"));

            assertThat(answer)
                    .containsPattern(
                            "(?m)^AMI-BAKERY changed=0 packages=4 bake=bake/web/us-east-1 system=amzn-2023"
                                    + " state=running cloud-init=finished agent=amazon-ssm-agent.service self-destruct=absent$");

            builder.ask("systemctl", "stop", "amazon-ssm-agent.service");
            Exit failed = builder.runs("amazon-linux/verify-agent.yaml", Map.of("BakeId", "bake/web/us-east-1"));

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr()).isEqualTo("AMI-BAKERY failed: amazon-ssm-agent.service is not active\n");
        }
    }

    @Test
    void user_data_arms_the_self_destruct_and_finds_a_recent_agent() {
        try (Builder builder = RealDnf.booted()) {
            Rpm agent = Rpm.named("amazon-ssm-agent", "3.3.4108.0");
            repository(builder).offers(OLD, agent);
            builder.shell("rpm --install /srv/repository/%s/amazon-ssm-agent-*.rpm 2>&1".formatted(OLD));
            Instant expiry = Instant.now().plus(Duration.ofHours(3));

            Exit exit = builder.runAsAgent(Builder.userData(expiry), Map.of());

            assertThat(exit.code()).as(exit.output()).isZero();
            assertThat(exit.stdout()).contains("AMI-BAKERY user data done: expires=");
            assertThat(builder.ask("systemctl", "is-active", "ami-bakery-self-destruct.timer"))
                    .isEqualTo("active");
        }
    }

    @Test
    void the_scrub_leaves_nothing_of_dnf_and_of_the_builder() {
        try (Builder builder = RealDnf.booted()) {
            repository(builder).offers(LATEST_FOLDER, Rpm.named("oven", "2.0"));
            builder.succeeds(UPDATE, LATEST);
            assertThat(builder.shell("ls /var/cache/dnf /var/lib/dnf")).contains("amazonlinux", "history.sqlite");

            Planted planted = Planted.on(builder, "var/cache/yum/oven");
            builder.succeeds("amazon-linux/scrub.yaml", Map.of());
            builder.machine().powerOff();

            planted.assertGone();
            assertThat(builder.machine().file("var/cache/dnf")).isEmptyDirectory();
            assertThat(builder.machine().file("var/lib/dnf/history.sqlite")).doesNotExist();
            assertThat(builder.machine().file("etc/machine-id")).isEmptyFile();
            assertThat(builder.machine().file("var/lib/rpm/rpmdb.sqlite")).isNotEmptyFile();
        }
    }

    private static RpmRepository repository(Builder builder) {
        return new RpmRepository(builder);
    }
}
