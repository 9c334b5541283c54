package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Debian builder is scrubbed: its image carries nothing of it, and becomes a machine of its own. */
@OnRealMachines
class ScrubTest {
    private static final String SCRUB = "debian/scrub.yaml";

    private static Sandbox sandbox;

    @BeforeAll
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    @Test
    void nothing_of_what_a_builder_may_have_is_left_in_its_image() {
        try (Builder builder = Builder.booted(sandbox)) {
            Planted planted = Planted.on(
                    builder,
                    "var/cache/apt/archives/oven_1.0.deb",
                    "var/cache/apt/pkgcache.bin",
                    "var/lib/apt/lists/oven_Packages");

            builder.succeeds(SCRUB, Map.of());
            builder.machine().powerOff();

            planted.assertGone();
            assertThat(residueOf(builder).filesSpeakingOf(Planted.CANARY)).isEmpty();
        }
    }

    @Test
    void after_all_documents_only_files_of_packages_are_left_and_none_speaks_of_the_builder() {
        String userData = Builder.userData(Instant.now().plus(Duration.ofHours(3)));
        try (Builder builder = Builder.launched(sandbox, sandbox.debian(), Builder.INSTANCE, userData)
                .awaitBooted()) {
            AptRepository.onlyOneOf(builder).offers(AptRepository.Deb.named("oven", "1.0"));
            builder.succeeds("debian/verify-agent.yaml", Map.of("BakeId", "bake/oven-base/us-east-1"));
            builder.succeeds("debian/update-packages.yaml", Map.of());
            builder.succeeds("debian/install-packages.yaml", Map.of("Packages", "oven"));
            String id = builder.text("etc/machine-id").strip();

            builder.succeeds(SCRUB, Map.of());
            builder.machine().powerOff();

            assertThat(residueOf(builder).strangeFiles())
                    .filteredOn(file -> !file.startsWith("srv/repository/") && !file.equals("etc/apt/sources.list"))
                    .isEmpty();
            assertThat(residueOf(builder).filesSpeakingOf(Builder.INSTANCE, "bake/oven-base", id))
                    .isEmpty();
        }
    }

    @Test
    void an_instance_of_the_image_is_a_machine_of_its_own() {
        try (Builder builder = Builder.launched(sandbox, sandbox.debian(), Builder.INSTANCE, keyOf("builder"))
                .awaitBooted()) {
            builder.shell("systemctl disable --now apt-daily.timer");
            String machineId = builder.text("etc/machine-id");
            String hostKey = builder.text("etc/ssh/ssh_host_ed25519_key.pub");
            assertThat(builder.text("root/.ssh/authorized_keys")).contains("builder");
            builder.succeeds(SCRUB, Map.of());
            builder.machine().powerOff();

            try (Builder product = builder.launchedFromIts("i-09e0d0c7000000000", keyOf("product"))
                    .awaitBooted()) {
                assertThat(product.ask("cloud-init", "status")).isEqualTo("status: done");
                assertThat(product.ask("systemctl", "is-system-running")).isEqualTo("running");
                assertThat(product.text("etc/machine-id"))
                        .matches("[0-9a-f]{32}\n")
                        .isNotEqualTo(machineId);
                assertThat(product.text("etc/ssh/ssh_host_ed25519_key.pub"))
                        .startsWith("ssh-ed25519 ")
                        .isNotEqualTo(hostKey);
                assertThat(product.text("home/debian/.ssh/authorized_keys"))
                        .contains("product")
                        .doesNotContain("builder");
                assertThat(product.machine()
                                .inside("systemctl", "is-enabled", "apt-daily.timer")
                                .output())
                        .as("what the bake disabled stays so")
                        .isEqualTo("disabled\n");
            }
        }
    }

    @Test
    void fails_when_something_cannot_be_removed() {
        try (Builder builder = Builder.booted(sandbox)) {
            builder.shell("touch /root/.bash_history && mount --bind /etc/passwd /root/.bash_history");

            Exit failed = builder.runs(SCRUB, Map.of());

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr()).contains("/root/.bash_history", "busy");
        }
    }

    @Test
    void a_link_in_the_place_of_a_home_or_a_key_leads_nowhere() {
        try (Builder builder = Builder.booted(sandbox)) {
            builder.shell("mkdir -p /root/.ssh /srv/keys && echo kept >/srv/keys/file"
                    + " && ln -s /srv/keys /root/.cache && ln -s /srv/keys/file /root/.ssh/authorized_keys");

            builder.succeeds(SCRUB, Map.of());

            assertThat(builder.text("srv/keys/file")).isEqualTo("kept\n");
            assertThat(builder.isLeft("root/.ssh/authorized_keys")).isFalse();
            assertThat(builder.isLeft("root/.cache")).isFalse();
        }
    }

    private static Residue residueOf(Builder builder) {
        return new Residue(builder.machine(), builder.machine().changes());
    }

    private static String keyOf(String who) {
        return "#cloud-config\nssh_authorized_keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOven %s]\n".formatted(who);
    }
}
