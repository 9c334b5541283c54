package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A Debian builder is scrubbed: its image carries nothing of it, and becomes a machine of its own. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 5, unit = TimeUnit.MINUTES) // on a busy computer; the first test of a computer makes the root
class ScrubTest {
    private static final String SCRUB = "debian/scrub.yaml";

    /** What every planted file holds. */
    private static final String CANARY = "the-canary-of-the-oven";

    private static final List<String> PLANTED = Stream.of(
                    Stream.of("root", "home/debian", "home/of-nobody").flatMap(home -> Stream.of(
                                    ".ssh/authorized_keys",
                                    ".ssh/authorized_keys2",
                                    ".ssh/known_hosts",
                                    ".bash_history",
                                    ".zsh_history",
                                    ".python_history",
                                    ".mysql_history",
                                    ".psql_history",
                                    ".ansible/tmp/task.py",
                                    ".cache/pip/wheel",
                                    ".lesshst",
                                    ".viminfo",
                                    ".wget-hsts",
                                    ".aws/credentials",
                                    ".aws/cli/cache/token",
                                    ".aws/sso/cache/token")
                            .map(file -> home + "/" + file)),
                    Stream.of(
                            "etc/ssh/ssh_host_of_the_oven_key",
                            "etc/hostname",
                            "etc/sudoers.d/90-cloud-init-users",
                            "var/lib/systemd/random-seed",
                            "var/lib/systemd/credential.secret",
                            "var/lib/cloud/data/oven",
                            "var/lib/cloud/instances/i-1/user-data.txt",
                            "var/lib/dhcp/dhclient.eth0.leases",
                            "var/lib/dhclient/lease",
                            "var/lib/NetworkManager/oven.lease",
                            "var/lib/amazon/ssm/i-1/document/orchestration/1/_script.sh",
                            "var/lib/ami-bakery/rebooted-from",
                            "var/cache/apt/archives/oven_1.0.deb",
                            "var/cache/apt/pkgcache.bin",
                            "var/lib/apt/lists/oven_Packages",
                            "var/log/amazon/ssm/amazon-ssm-agent.log",
                            "var/log/ami-bakery/oven.log",
                            "var/log/audit/audit.log",
                            "var/log/auth.log",
                            "var/log/auth.log.1",
                            "var/log/btmp",
                            "var/log/cloud-init.log",
                            "var/log/journal/oven/system.journal",
                            "var/log/lastlog",
                            "var/log/oven.old",
                            "var/log/sa/sa01",
                            "var/log/syslog.2.gz",
                            "var/log/sysstat/sa01",
                            "var/log/wtmp",
                            "var/tmp/oven",
                            "var/tmp/.hidden"))
            .flatMap(files -> files)
            .toList();

    private static Sandbox sandbox;

    @BeforeAll
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    @Test
    void nothing_of_what_a_builder_may_have_is_left_in_its_image() {
        try (Builder builder = Builder.booted(sandbox)) {
            builder.shell("useradd --create-home debian");
            PLANTED.forEach(file ->
                    builder.shell("mkdir -p \"$(dirname '/%s')\" && echo %s >'/%s'".formatted(file, CANARY, file)));

            builder.succeeds(SCRUB, Map.of());
            builder.machine().powerOff();

            SoftAssertions softly = new SoftAssertions();
            PLANTED.forEach(
                    file -> softly.assertThat(builder.isLeft(file)).as(file).isFalse());
            softly.assertAll();
            assertThat(residueOf(builder).filesSpeakingOf(CANARY)).isEmpty();
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
