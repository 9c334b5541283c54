package org.amibakery.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.cli.CommandTrial.Ran;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Region HOME = new Region("us-east-1");

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = SimulatedInstallation.clients(simulator);
    private final Map<String, String> properties = new LinkedHashMap<>();

    @BeforeEach
    void point_the_sdk_at_the_simulator() {
        pointAt(simulator.endpoint().toString());
        property("aws.accessKeyId", simulator.credentials().id());
        property("aws.secretAccessKey", simulator.credentials().secret());
    }

    @AfterEach
    void close() {
        properties.forEach((name, before) -> {
            if (before.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        });
        clients.close();
        simulator.close();
    }

    @Test
    void lists_families_with_the_newest_first_and_what_uses_each_image() {
        String newest = owns("web-3", 1, tags("web", "good"));
        String used = owns("web-2", 40, tags("web", "good"));
        String idle = owns("web-1", 80, tags("web", "good"));
        String failed = owns("db-1", 3, tags("db", "failed"));
        String instance = simulator.ec2().runsInstanceFrom(used);
        String template = simulator.ec2().hasLaunchTemplate("web", used);
        owns("other", 3, Map.of("ami-bakery:stack", "another", "ami-bakery:recipe", "web"));

        Ran ran = run();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "FAMILY  REGION     IMAGE                  AGE  STATE         FOUNDATION  NAME   USED BY",
                        "db      us-east-1  " + failed + "  3d   failed        ami-base    db-1   nothing",
                        "web     us-east-1  " + newest + "  1d   good, newest  ami-base    web-3  nothing",
                        "web     us-east-1  " + used + "  40d  good          ami-base    web-2  " + instance + ", "
                                + template,
                        "web     us-east-1  " + idle + "  80d  good          ami-base    web-1  nothing");
    }

    @Test
    void tells_what_is_deprecated_disabled_or_a_copy() {
        String deprecated = owns("web-3", 9, tags("web", "good"));
        String disabled = owns("web-2", 40, tags("web", "good", "ami-bakery:disabled-at", "2026-02-03T04:05:06Z"));
        String copy = owns("web-copy", 1, tags("web", "good", "ami-bakery:bake", "bake/web/eu-west-1"));
        clients.ec2(HOME).disableImage(request -> request.imageId(disabled));
        clients.ec2(HOME).enableImageDeprecation(request -> request.imageId(deprecated)
                .deprecateAt(Instant.now().plusSeconds(90)));

        assertThat(states(run("--output", "json")))
                .containsExactly(
                        deprecated + " good newest deprecated",
                        disabled + " disabled disabled at 2026-02-03T04:05:06Z",
                        copy + " good newest copy from eu-west-1");
        assertThat(run().out())
                .containsPattern(disabled + " +40d +disabled since 2026-02-03 ")
                .containsPattern(copy + " +1d +good, newest, copy from eu-west-1 ")
                .doesNotContain("deprecated"); // it is not yet
    }

    @Test
    void lists_one_family_alone_and_says_so_when_it_has_no_image() {
        String web = owns("web-1", 1, tags("web", "good"));
        owns("db-1", 1, tags("db", "good"));

        assertThat(run("web").out()).contains(web).doesNotContain("db-1");
        assertThat(run("wob").out()).isEqualTo("No images of wob in us-east-1.%n".formatted());
    }

    @Test
    void writes_a_line_an_image_for_programs_that_read_lines() throws IOException {
        owns("web-2", 1, tags("web", "good"));
        String used = owns("web-1", 9, tags("web", "good"));
        String instance = simulator.ec2().runsInstanceFrom(used);

        List<String> lines = run("--output", "jsonl").out().lines().toList();

        assertThat(lines).hasSize(2);
        JsonNode second = JSON.readTree(lines.get(1));
        assertThat(second.path("family").asText()).isEqualTo("web");
        assertThat(second.path("id").asText()).isEqualTo(used);
        assertThat(second.path("foundationImageId").asText()).isEqualTo("ami-base");
        assertThat(second.path("newestGood").asBoolean()).isFalse();
        assertThat(second.path("usedBy").get(0).asText()).endsWith("instance/" + instance);
        assertThat(second.path("useUnknown").isNull()).isTrue();
    }

    @Test
    void says_unknown_where_it_may_not_look_and_why_on_standard_error() {
        owns("web-2", 1, tags("web", "good"));
        String used = owns("web-1", 9, tags("web", "good"));
        simulator.ec2().runsInstanceFrom(used);
        refuse("DescribeImageReferences");

        Ran ran = run();

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).containsPattern("web-2  unknown\n").containsPattern("web-1  i-[0-9a-f]+, maybe others\n");
        assertThat(ran.err())
                .isEqualTo("What else may use 2 images is not known: EC2 answered UnauthorizedOperation to"
                        + " DescribeImageReferences. Retention keeps what it cannot check; allow the call, or try"
                        + " again.%n".formatted());
    }

    @Test
    void does_not_look_for_use_when_told_so() {
        owns("web-1", 9, tags("web", "good"));

        assertThat(run("--without-use").out()).containsPattern("web-1  not asked\n");
        assertThat(simulator.calls().all())
                .extracting(call -> call.operation())
                .doesNotContain("DescribeImageReferences", "DescribeInstances");
    }

    @Test
    void looks_in_the_regions_that_are_asked_for() {
        String home = owns("web-1", 1, tags("web", "good"));
        String away = simulator
                .ec2("eu-west-1")
                .ownsImage("web-1", Instant.now(), tags("web", "good", "ami-bakery:bake", "bake/web/us-east-1"));

        assertThat(run("--region", "eu-west-1").out()).contains(away).doesNotContain(home);
        assertThat(run("--region", "us-east-1", "--region", "eu-west-1").out()).contains(home, away);
        assertThat(run("--region", "all").out()).contains(home, away);
    }

    @Test
    void goes_on_where_one_of_several_regions_is_out_of_reach() {
        String home = owns("web-1", 1, tags("web", "good"));
        simulator
                .faults()
                .on("DescribeImages")
                .inRegion("eu-west-1")
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "no")));

        Ran ran = run("--region", "eu-west-1", "--region", "us-east-1");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out()).contains(home);
        assertThat(ran.err()).startsWith("eu-west-1 could not be looked at: EC2 answered UnauthorizedOperation");
    }

    @Test
    void ends_with_3_when_it_may_not_look_at_all() {
        refuse("DescribeImages");

        Ran ran = run();

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("UnauthorizedOperation", "DescribeImages", "us-east-1");
    }

    @Test
    void ends_with_4_when_nobody_answers() {
        simulator.close();

        Ran ran = run();

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"us-east-1a", "Ireland"})
    void refuses_what_is_no_region_before_it_asks(String region) {
        Ran ran = run("--region", region);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("'%s' is not a region. Write it as eu-west-1, without a zone letter, or write all.%n"
                        .formatted(region));
        assertThat(simulator.calls().all()).isEmpty();
    }

    private Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("images"));
        all.addAll(List.of(arguments));
        return new CommandTrial()
                .with("BAKERY_REGION", HOME.name())
                .with("BAKERY_NETWORK_SUBNETS", "subnet-0a1b2c3d")
                .with("BAKERY_NETWORK_SECURITY_GROUPS", "sg-0a1b2c3d")
                .run(all.toArray(String[]::new));
    }

    private String owns(String name, int daysOld, Map<String, String> tags) {
        return simulator.ec2().ownsImage(name, Instant.now().minus(Duration.ofDays(daysOld)), tags);
    }

    private static Map<String, String> tags(String family, String state, String... more) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("ami-bakery:stack", "ami-bakery");
        tags.put("ami-bakery:recipe", family);
        tags.put("ami-bakery:state", state);
        tags.put("ami-bakery:foundation", "ami-base");
        for (int index = 0; index < more.length; index += 2) {
            tags.put(more[index], more[index + 1]);
        }
        return tags;
    }

    private void refuse(String operation) {
        simulator
                .faults()
                .on(operation)
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "no")));
    }

    private static List<String> states(Ran ran) {
        try {
            List<String> states = new ArrayList<>();
            for (JsonNode image : JSON.readTree(ran.out()).path("images")) {
                states.add(List.of(
                                image.path("id").asText(),
                                image.path("state").asText(),
                                image.path("newestGood").asBoolean() ? "newest" : "",
                                image.path("deprecatedAt").isNull() ? "" : "deprecated",
                                image.path("disabledAt").isNull()
                                        ? ""
                                        : "disabled at "
                                                + image.path("disabledAt").asText(),
                                image.path("copyFrom").isNull()
                                        ? ""
                                        : "copy from " + image.path("copyFrom").asText())
                        .stream()
                        .filter(word -> !word.isEmpty())
                        .collect(joining(" ")));
            }
            return states;
        } catch (IOException unreadable) {
            throw new AssertionError(ran.toString(), unreadable);
        }
    }

    private void pointAt(String endpoint) {
        property("aws.endpointUrl", endpoint);
    }

    private void property(String name, String value) {
        String before = System.setProperty(name, value);
        properties.putIfAbsent(name, before == null ? "" : before);
    }
}
