package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.amibakery.acceptance.sandbox.AptRepository.Deb;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packages of a Debian are updated, on a Debian with real apt, dpkg and systemd. */
@OnRealMachines
class UpdatePackagesTest {
    private static final String UPDATE = "debian/update-packages.yaml";

    private static Sandbox sandbox;

    @BeforeAll
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    @Test
    void brings_packages_to_their_newest_version_and_a_second_run_changes_nothing() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder)
                    .hasInstalled(Deb.named("oven", "1.0"))
                    .offers(Deb.named("oven", "2.0"));

            String first = builder.succeeds(UPDATE, Map.of());
            String second = builder.succeeds(UPDATE, Map.of());

            assertThat(first)
                    .contains("oven 2.0\n")
                    .containsPattern("AMI-BAKERY changed=1 packages=\\d+ rebooted=no kernel=");
            assertThat(builder.text("usr/share/oven/version")).isEqualTo("2.0\n");
            assertThat(second).startsWith("AMI-BAKERY changed=0 packages=");
        }
    }

    @Test
    void keeps_the_settings_that_were_changed_on_the_builder() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder)
                    .hasInstalled(Deb.named("oven", "1.0").withSettings("heat=180"))
                    .offers(Deb.named("oven", "2.0").withSettings("heat=200"));
            builder.shell("echo heat=220 >/etc/oven.conf");

            builder.succeeds(UPDATE, Map.of());

            assertThat(builder.text("etc/oven.conf")).isEqualTo("heat=220\n");
            assertThat(builder.text("usr/share/oven/version")).isEqualTo("2.0\n");
        }
    }

    @Test
    void finishes_what_a_killed_installation_left_half_done() {
        try (Builder builder = Builder.booted(sandbox)) {
            Deb oven = Deb.named("oven", "1.0").running("touch /etc/oven-is-set-up");
            AptRepository.onlyOneOf(builder).offers(oven);
            builder.ask("dpkg", "--unpack", AptRepository.fileOf(oven));

            builder.succeeds(UPDATE, Map.of());

            assertThat(builder.machine().file("etc/oven-is-set-up")).exists();
        }
    }

    @Test
    void asks_for_one_reboot_and_counts_from_the_beginning_when_it_runs_again() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder)
                    .hasInstalled(Deb.named("oven", "1.0"))
                    .offers(Deb.named("oven", "2.0").running("touch /run/reboot-required"));

            Exit before = builder.runs(UPDATE, Map.of());
            assertThat(builder.machine().reboot()).isTrue();
            Exit after = builder.runs(UPDATE, Map.of());

            assertThat(before.code()).as(before.output()).isEqualTo(194);
            assertThat(before.stdout()).startsWith("Rebooting into kernel ");
            assertThat(after.code()).as(after.output()).isZero();
            assertThat(after.stdout()).contains("oven 2.0\n").contains("AMI-BAKERY changed=1 ", " rebooted=yes ");
        }
    }

    @Test
    void reboots_for_a_newer_kernel_once_and_warns_when_that_did_not_help() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder);
            builder.shell("touch /boot/vmlinuz-99.9.9-cloud-amd64");

            Exit before = builder.runs(UPDATE, Map.of());
            assertThat(builder.machine().reboot()).isTrue();
            Exit after = builder.runs(UPDATE, Map.of());

            assertThat(before.code()).as(before.output()).isEqualTo(194);
            assertThat(before.stdout()).startsWith("Rebooting into kernel 99.9.9-cloud-amd64, ");
            assertThat(after.code()).as(after.output()).isZero();
            assertThat(after.stdout())
                    .startsWith("Warning: a reboot still seems required after the reboot;")
                    .contains("AMI-BAKERY changed=0 ", " rebooted=yes ");
        }
    }

    @Test
    void fails_with_the_last_words_of_a_package_that_cannot_be_set_up() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder)
                    .hasInstalled(Deb.named("oven", "1.0"))
                    .offers(Deb.named("oven", "2.0").running("echo the oven exploded; exit 3"));

            Exit failed = builder.runs(UPDATE, Map.of());

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr())
                    .contains("the oven exploded")
                    .contains(
                            "AMI-BAKERY failed: 'apt-get -y -q ",
                            " dist-upgrade' failed; its last output stands above");
            assertThat(failed.stdout()).doesNotContain("AMI-BAKERY changed");
        }
    }

    @Test
    void fails_when_a_package_source_cannot_be_reached() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder);
            builder.shell("echo 'deb [trusted=yes] file:/srv/nowhere ./' >>/etc/apt/sources.list");

            Exit failed = builder.runs(UPDATE, Map.of());

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr())
                    .contains("/srv/nowhere", "AMI-BAKERY failed: 'apt-get -y -q ", " update' failed");
        }
    }
}
