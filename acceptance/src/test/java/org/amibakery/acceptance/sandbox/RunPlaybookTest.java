package org.amibakery.acceptance.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.amibakery.acceptance.documents.CommandDocument;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * Playbooks are fetched from a versioned bucket and run by real Ansible, on a Debian where the product's own document has
 * installed it. One builder serves all tests: each has its own object, and leaves nothing that another meets.
 */
@OnRealMachines
@Execution(ExecutionMode.SAME_THREAD)
class RunPlaybookTest {
    private static final String RUN = "debian/run-playbook.yaml";
    private static final String BUCKET = "playbooks-of-the-test";

    private static Simulator aws;
    private static AwsClients clients;
    private static S3Client s3;
    private static Builder builder;

    @BeforeAll
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    static void have_a_builder_with_ansible() {
        Sandbox sandbox = RealDebian.require();
        aws = Simulator.start(SimulatorOptions.forTests());
        clients = SimulatedInstallation.clients(aws);
        s3 = clients.s3(new Region("us-east-1"));
        s3.createBucket(it -> it.bucket(BUCKET));
        s3.putBucketVersioning(it -> it.bucket(BUCKET)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        builder = Builder.started(sandbox, sandbox.builder(sandbox.debian(), Builder.INSTANCE, ""))
                .reaching(SimulatedInstallation.variables(aws))
                .awaitBooted();
        assertThat(builder.succeeds("debian/install-packages.yaml", Map.of("Packages", "awscli ansible-core")))
                .contains("aws-cli/2", "ansible-playbook [core 2.");
    }

    @AfterAll
    static void end() {
        if (builder != null) {
            builder.close();
        }
        if (aws != null) {
            clients.close();
            aws.close();
        }
    }

    @Test
    void the_sample_playbook_does_what_it_says_and_a_second_run_changes_nothing() {
        Map<String, String> parameters =
                put("base.zip", zip(sample()), Map.of("Variables", base64("{\"timezone\": \"Europe/Warsaw\"}")));

        String first = builder.succeeds(RUN, parameters);
        String second = builder.succeeds(RUN, parameters);

        assertThat(first)
                .containsPattern("AMI-BAKERY changed=[5-9] packages=\\d+ tasks=\\d+ playbook=site.yml sha256=");
        assertThat(builder.ask("readlink", "/etc/localtime")).isEqualTo("../usr/share/zoneinfo/Europe/Warsaw");
        assertThat(builder.text("etc/timezone")).isEqualTo("Europe/Warsaw\n");
        assertThat(builder.text("etc/ami-bakery-release")).contains("DISTRIBUTION=Debian\n", "ARCHITECTURE=x86_64\n");
        assertThat(builder.text("etc/sysctl.d/90-ami-bakery.conf")).contains("kernel.kptr_restrict = 2\n");
        assertThat(second).contains("AMI-BAKERY changed=0 ");
        assertThat(builder.shell("ls -d /var/tmp/ami-bakery* 2>/dev/null || true"))
                .isEmpty();
    }

    @Test
    void runs_the_version_that_the_plan_fixed_not_the_newest() {
        Map<String, String> planned = put("moving.zip", zip(playbook("echo planned >/etc/moved")), Map.of());
        put("moving.zip", zip(playbook("echo newest >/etc/moved")), Map.of());

        builder.succeeds(RUN, planned);

        assertThat(builder.text("etc/moved")).isEqualTo("planned\n");
    }

    @Test
    void refuses_a_tampered_archive_before_anything_of_it_runs() {
        Map<String, String> planned = put("tampered.zip", zip(playbook("echo good >/etc/tampered")), Map.of());
        Map<String, String> other = put("tampered.zip", zip(playbook("echo evil >/etc/tampered")), Map.of());
        Map<String, String> tampered = new HashMap<>(planned);
        tampered.put("VersionId", other.get("VersionId"));

        Exit failed = builder.runs(RUN, tampered);

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.stderr())
                .contains("AMI-BAKERY failed: s3://%s/tampered.zip (version %s) has SHA-256 %s, but the plan fixed %s."
                        .formatted(BUCKET, other.get("VersionId"), other.get("Sha256"), planned.get("Sha256")))
                .contains("Nothing was unpacked or run; plan the bake anew");
        assertThat(builder.isLeft("etc/tampered")).isFalse();
        assertThat(builder.shell("ls -d /var/tmp/ami-bakery* 2>/dev/null || true"))
                .isEmpty();
    }

    @Test
    void says_that_a_version_is_not_there() {
        Map<String, String> parameters =
                put("gone.zip", zip(playbook("/bin/true")), Map.of("VersionId", "NoSuchVersion.NoSuchVersion.1234"));

        Exit failed = builder.runs(RUN, parameters);

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.stderr())
                .contains("(NoSuchVersion)")
                .contains(
                        "AMI-BAKERY failed: could not fetch s3://%s/gone.zip (version NoSuchVersion.NoSuchVersion.1234); is the version"
                                        .formatted(BUCKET)
                                + " there, and may the builder's role read it?");
    }

    @Test
    void passes_variables_as_data_whatever_they_hold() {
        String hostile = "$(touch /etc/canary) `touch /etc/canary` '; touch /etc/canary; \" \\n {{ 7 * 6 }}";
        String json =
                "{\"text\": \"%s\"}".formatted(hostile.replace("\\", "\\\\").replace("\"", "\\\""));
        String playbook = task("ansible.builtin.copy: {content: '{{ text }}', dest: /etc/said, mode: '0600'}");

        builder.succeeds(RUN, put("hostile.zip", zip(Map.of("site.yml", playbook)), Map.of("Variables", base64(json))));

        assertThat(builder.text("etc/said")).startsWith(hostile.substring(0, 40));
        assertThat(builder.isLeft("etc/canary")).isFalse();
    }

    @Test
    void fails_with_ansibles_words_when_a_task_fails() {
        Exit failed = builder.runs(RUN, put("failing.zip", zip(playbook("echo the oven is cold; false")), Map.of()));

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.stdout()).contains("the oven is cold", "failed=1");
        assertThat(failed.stderr())
                .contains("AMI-BAKERY failed: playbook site.yml of s3://%s/failing.zip".formatted(BUCKET))
                .contains("ended with status 2");
    }

    @Test
    void shows_the_beginning_and_the_end_of_an_output_beyond_what_the_agent_keeps() {
        String chatty = task("ansible.builtin.debug: {msg: '{{ range(20000) | join(\" \") }}'}");

        String output = builder.succeeds(RUN, put("chatty.zip", zip(Map.of("site.yml", chatty)), Map.of()));

        assertThat(output)
                .hasSizeLessThan(24_000)
                .startsWith("\nPLAY [all]")
                .containsPattern("\n\\.\\.\\. 14000 of 1\\d{5} bytes shown; the end:\n")
                .contains("19999", "PLAY RECAP")
                .containsPattern("AMI-BAKERY changed=0 packages=\\d+ tasks=1 [^\n]*\n$");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"../outside", "/etc/outside", "roles/../../outside"})
    void an_archive_that_would_leave_its_folder_is_refused(String entry) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("site.yml", task("ansible.builtin.command: /bin/true"));
        files.put(entry, "evil\n");

        Exit failed = builder.runs(RUN, put("leaving.zip", zip(files), Map.of()));

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.stderr()).contains("the archive's entry '%s' would leave its folder".formatted(entry));
        assertThat(builder.shell("find / -xdev -name outside 2>/dev/null || true"))
                .isEmpty();
    }

    @Test
    void takes_tar_archives_too_but_no_links_in_them() {
        builder.shell(
                "mkdir -p /srv/tar && cd /srv/tar && printf '%s' '"
                        + playbook("echo untarred >/etc/untarred")
                                .get("site.yml")
                                .replace("'", "'\\''")
                        + "' >site.yml && tar -czf good.tar.gz site.yml && ln -sf /etc/shadow link && tar -czf ../bad.tar.gz .");

        builder.succeeds(RUN, put("good.tar.gz", bytes("srv/tar/good.tar.gz"), Map.of()));
        Exit failed = builder.runs(RUN, put("bad.tar.gz", bytes("srv/bad.tar.gz"), Map.of()));

        assertThat(builder.text("etc/untarred")).isEqualTo("untarred\n");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.stderr()).contains("the archive's entry './link' is neither file nor folder");
    }

    @Test
    void removes_what_a_killed_run_left() {
        builder.shell("mkdir /var/tmp/ami-bakery-playbook.12345678");

        builder.succeeds(RUN, put("after.zip", zip(playbook("/bin/true")), Map.of()));

        assertThat(builder.isLeft("var/tmp/ami-bakery-playbook.12345678")).isFalse();
    }

    @Test
    void says_what_a_recipe_must_install_for_playbooks() {
        Sandbox sandbox = RealDebian.require();
        try (Builder bare = Builder.booted(sandbox)) {
            Exit failed = bare.runs(RUN, put("bare.zip", zip(playbook("/bin/true")), Map.of()));

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr())
                    .isEqualTo("AMI-BAKERY failed: aws is not on the builder; playbooks need awscli and ansible in"
                            + " packages.install of the recipe\n");
        }
    }

    /** Uploads an archive, and tells the parameters that a plan would make of it. */
    private static Map<String, String> put(String key, byte[] archive, Map<String, String> others) {
        String version = s3.putObject(it -> it.bucket(BUCKET).key(key), RequestBody.fromBytes(archive))
                .versionId();
        Map<String, String> parameters = new HashMap<>(Map.of(
                "Bucket",
                BUCKET,
                "Key",
                key,
                "VersionId",
                version,
                "Sha256",
                sha256(archive),
                "Playbook",
                "site.yml",
                "Variables",
                "e30=",
                "Region",
                "us-east-1"));
        parameters.putAll(others);
        return parameters;
    }

    private static Map<String, String> playbook(String shell) {
        return Map.of("site.yml", task("ansible.builtin.shell: " + shell));
    }

    private static String task(String task) {
        return "- hosts: all\n  gather_facts: false\n  tasks:\n    - " + task + "\n";
    }

    private static Map<String, String> sample() {
        Path folder = CommandDocument.INFRASTRUCTURE.resolve("playbooks/base");
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> texts = new LinkedHashMap<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(builder.machine().file(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
