package org.amibakery.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.authored.AuthoredText;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Polling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationReaderTest {
    private static final String SMALLEST =
            """
            region: us-east-1
            network: {subnets: [subnet-0a1b2c3d], securityGroups: [sg-0a1b2c3d]}
            """;

    private final InstallationReader reader = new InstallationReader();

    @TempDir
    Path folder;

    @Test
    void what_is_not_written_follows_from_the_stacks_name() {
        Installation installation = reader.read(file("stack: web\n" + SMALLEST));

        assertThat(installation)
                .isEqualTo(new Installation(
                        "web",
                        new Region("us-east-1"),
                        new Network(List.of("subnet-0a1b2c3d"), List.of("sg-0a1b2c3d"), false),
                        "web-builder",
                        new Functions(false, "web-find-foundation-image", "web-clean-up-images"),
                        "web",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Polling.DEFAULT));
    }

    @Test
    void everything_can_be_written() {
        Installation installation = reader.read(
                file(
                        SMALLEST
                                + """
                builder: {instanceProfile: baker}
                functions: {inProcess: true}
                documents: {prefix: baker}
                playbooks: {bucket: baker-playbooks}
                output: {bucket: baker-output}
                notifications: {topic: "arn:aws:sns:us-east-1:111122223333:baked"}
                polling: {instance: 1s, agent: 2s, command: 3s, image: 1m}
                launchesPerSecond: 0.5
                """));

        assertThat(installation.stack()).isEqualTo("ami-bakery");
        assertThat(installation.instanceProfile()).isEqualTo("baker");
        assertThat(installation.functions().inProcess()).isTrue();
        assertThat(installation.documentPrefix()).isEqualTo("baker");
        assertThat(installation.playbookBucket()).contains("baker-playbooks");
        assertThat(installation.outputBucket()).contains("baker-output");
        assertThat(installation.notificationTopic()).contains("arn:aws:sns:us-east-1:111122223333:baked");
        assertThat(installation.polling().image()).isEqualTo(Duration.ofMinutes(1));
        assertThat(installation.launchesPerSecond()).isEqualTo(0.5);
    }

    @Test
    void environment_beats_file_beats_parameter() {
        var parameter = new AuthoredText(
                "SSM parameter /ami-bakery/web/config",
                """
                {"stack": "web", "region": "us-west-2", "polling": {"image": "20s", "agent": "7s"},
                 "network": {"subnets": ["subnet-11111111"], "securityGroups": ["sg-11111111"]}}
                """);
        Path file = write("region: eu-west-1\npolling: {image: 30s}\n");

        Installation installation = reader.read(
                Map.of("BAKERY_CONFIG", file.toString(), "BAKERY_NETWORK_SUBNETS", "subnet-22222222,subnet-33333333"),
                parameter);

        assertThat(installation.stack()).isEqualTo("web");
        assertThat(installation.region()).isEqualTo(new Region("eu-west-1"));
        assertThat(installation.polling().image()).isEqualTo(Duration.ofSeconds(30));
        assertThat(installation.polling().agent()).isEqualTo(Duration.ofSeconds(7));
        assertThat(installation.network().subnets()).containsExactly("subnet-22222222", "subnet-33333333");
        assertThat(installation.network().securityGroups()).containsExactly("sg-11111111");
    }

    @Test
    void the_environment_alone_will_do() {
        Installation installation = reader.read(Map.of(
                "BAKERY_REGION", "us-east-1",
                "BAKERY_NETWORK_SUBNETS", "subnet-0a1b2c3d",
                "BAKERY_NETWORK_SECURITY_GROUPS", "sg-0a1b2c3d",
                "BAKERY_NETWORK_PUBLIC_IP", "true",
                "BAKERY_FUNCTIONS_IN_PROCESS", "true",
                "BAKERY_LAUNCHES_PER_SECOND", "10"));

        assertThat(installation.functions().inProcess()).isTrue();
        assertThat(installation.network().publicIp()).isTrue();
        assertThat(installation.launchesPerSecond()).isEqualTo(10);
        assertThat(installation.network().securityGroups()).containsExactly("sg-0a1b2c3d");
    }

    @Test
    void builders_are_launched_as_fast_as_ec2_lets_every_account_unless_told_otherwise() {
        assertThat(reader.read(file(SMALLEST)).launchesPerSecond()).isEqualTo(2);
    }

    @Test
    void a_bad_file_is_answered_with_every_problem_and_its_remedy() {
        Map<String, String> environment = file(
                """
                region: us-east-1a
                network: {subnets: [], securityGroup: [sg-1]}
                function: {inProcess: true}
                polling: {image: 15, command: 10m}
                playbooks: {bucket: My_Bucket}
                """);

        assertThatExceptionOfType(InvalidInstallation.class)
                .isThrownBy(() -> reader.read(environment))
                .satisfies(refusal -> assertThat(refusal.getMessage().split("\n"))
                        .containsExactly(
                                at("1:9: \"us-east-1a\" is not a region; write a region's code, such as us-east-1"),
                                at("2:20: network.subnets is empty; write for example [subnet-0a1b2c3d4e5f67890]"),
                                at("2:24: unknown key \"securityGroup\";"
                                        + " the nearest known key is \"securityGroups\""),
                                at("3:1: unknown key \"function\"; the nearest known key is \"functions\""),
                                at("4:18: polling.image is a whole number where a text is expected;"
                                        + " write a number with its unit, such as 5s or 1m"),
                                at("4:31: bakes would wait up to 10m longer than they must; write at most 5m"),
                                at("5:21: \"My_Bucket\" is not a bucket name;"
                                        + " write 3 to 63 small letters, digits, dots and dashes,"
                                        + " such as ami-bakery-playbooks")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAKERY_REGIN | x | BAKERY_REGIN: unknown variable; the nearest known one is BAKERY_REGION",
                "BAKERY_POLLING_IMAGE | 15 | BAKERY_POLLING_IMAGE=15: \"15\" is not a duration;"
                        + " write a number with its unit, such as 5s or 1m",
                "BAKERY_FUNCTIONS_IN_PROCESS | perhaps | BAKERY_FUNCTIONS_IN_PROCESS=perhaps: functions.inProcess is a"
                        + " text where true or false is expected; write for example inProcess: true",
                "BAKERY_LAUNCHES_PER_SECOND | 0 | BAKERY_LAUNCHES_PER_SECOND=0: launchesPerSecond is 0;"
                        + " write more than 0",
                "BAKERY_LAUNCHES_PER_SECOND | 0.0 | BAKERY_LAUNCHES_PER_SECOND=0.0: launchesPerSecond is 0.0;"
                        + " write more than 0",
                "BAKERY_LAUNCHES_PER_SECOND | 1e9 | BAKERY_LAUNCHES_PER_SECOND=1e9: launchesPerSecond is 1E+9;"
                        + " write at most 1000",
                "BAKERY_LAUNCHES_PER_SECOND | fast | BAKERY_LAUNCHES_PER_SECOND=fast: launchesPerSecond is a text where"
                        + " a number is expected; write for example launchesPerSecond: 2"
            })
    void a_bad_variable_is_named(String variable, String value, String message) {
        Path file = write(SMALLEST);

        assertThatExceptionOfType(InvalidInstallation.class)
                .isThrownBy(() -> reader.read(Map.of("BAKERY_CONFIG", file.toString(), variable, value)))
                .withMessage(message);
    }

    @Test
    void a_configuration_that_nobody_wrote_says_what_is_missing() {
        assertThatExceptionOfType(InvalidInstallation.class)
                .isThrownBy(() -> reader.read(Map.of("BAKERY_JAVA_OPTIONS", "-Xmx1g")))
                .withMessage(
                        """
                        configuration: region is missing (A region's code, such as us-east-1);\
                         write for example region: us-east-1
                        configuration: network is missing (Where builders stand); write for example network:\
                         {subnets: [subnet-0a1b2c3d4e5f67890], securityGroups: [sg-0a1b2c3d4e5f67890]}""");
    }

    @Test
    void a_file_that_is_missing_or_no_mapping_is_refused() {
        Path list = write("- region\n");
        Path missing = folder.resolve("nowhere").resolve("installation.yaml");

        assertThatExceptionOfType(InvalidInstallation.class)
                .isThrownBy(() -> reader.read(Map.of("BAKERY_CONFIG", list.toString())))
                .withMessageContaining(at("1:1: this is a list where a mapping is expected; write keys"));
        assertThatExceptionOfType(InvalidInstallation.class)
                .isThrownBy(() -> reader.read(Map.of("BAKERY_CONFIG", missing.toString())))
                .withMessage(missing + ": there is no such file;"
                        + " its folder does not exist either, so look at the path from the beginning");
    }

    @Test
    void the_stack_decides_which_parameter_is_asked_for() {
        assertThat(Installation.parameterOf(InstallationReader.stackOf(Map.of())))
                .isEqualTo("/ami-bakery/ami-bakery/config");
        assertThat(Installation.parameterOf(InstallationReader.stackOf(Map.of("BAKERY_STACK", "web"))))
                .isEqualTo("/ami-bakery/web/config");
    }

    private String at(String rest) {
        return folder.resolve("installation.yaml") + ":" + rest;
    }

    private Map<String, String> file(String text) {
        return Map.of("BAKERY_CONFIG", write(text).toString());
    }

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("installation.yaml"), text);
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }
}
