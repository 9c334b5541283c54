package org.amibakery.bake.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeryJson;
import org.amibakery.bake.PlanBake;
import org.amibakery.bake.StagePlan;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.command.PlannedCommand;
import org.amibakery.configuration.Functions;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Network;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.watch.MovableClock;
import org.amibakery.watch.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

class AwsPlanActivitiesTest {
    private static final Region REGION = new Region("us-east-1");
    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final BakeId BAKE = new BakeId("default", "bake/web/us-east-1", "run-1");

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final S3Client s3 = clients.s3(REGION);
    private final MovableClock clock = new MovableClock();

    @BeforeEach
    void install() {
        for (String name : List.of("verify-agent", "update-packages", "install-packages", "run-playbook", "scrub")) {
            simulator.ssm().document("bakery-debian-" + name, document());
        }
        s3.createBucket(request -> request.bucket("playbooks"));
    }

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void merges_recipe_and_installation() {
        BakePlan plan = plan(recipe());

        assertThat(plan.region()).isEqualTo(REGION);
        assertThat(plan.candidates())
                .containsExactly(
                        new LaunchCandidate("t3.medium", Optional.of("subnet-0000000a")),
                        new LaunchCandidate("t3.medium", Optional.of("subnet-0000000b")),
                        new LaunchCandidate("m5.large", Optional.of("subnet-0000000a")),
                        new LaunchCandidate("m5.large", Optional.of("subnet-0000000b")));
        assertThat(plan.builder().securityGroups()).containsExactly("sg-0000000a");
        assertThat(plan.builder().instanceProfile()).isEqualTo("builder");
        assertThat(plan.builder().publicIp()).isFalse();
        assertThat(plan.builder().encrypted()).isTrue();
        assertThat(plan.deadline()).isEqualTo(STARTED.plus(Duration.ofHours(4)));
        assertThat(plan.builder().expires()).isEqualTo(STARTED.plus(Duration.ofHours(5)));
        assertThat(plan.searchAttributes()).containsExactly("BakeryRecipe");
        assertThat(plan.foundation().function()).isEmpty();
        assertThat(plan.retention().cap()).isEqualTo(10);
    }

    @Test
    void tags_everything_with_whose_it_is_and_when_it_may_go() {
        BakePlan plan = plan(recipe());

        assertThat(plan.builder().tags())
                .containsEntry("ami-bakery:stack", "bakery-stack")
                .containsEntry("ami-bakery:recipe", "web")
                .containsEntry("ami-bakery:bake", "bake/web/us-east-1")
                .containsEntry("ami-bakery:run", "run-1")
                .containsEntry("ami-bakery:expires", "2026-01-01T05:00:00Z")
                .containsKey("Name");
        assertThat(plan.image().name()).startsWith("web-2026-01-01");
        assertThat(plan.image().tagsAtCreation())
                .containsEntry("Name", plan.image().name())
                .containsEntry("ami-bakery:state", "baking")
                .containsEntry("ami-bakery:playbooks", "")
                .containsKey("ami-bakery:recipe-digest")
                .doesNotContainKey("team");
        assertThat(plan.image().tagsWhenGood())
                .containsEntry("ami-bakery:state", "good")
                .containsEntry("team", "platform");
    }

    @Test
    void plans_the_stages_that_the_recipe_switches_on() {
        ObjectNode recipe = recipe();
        ObjectNode image = ((ObjectNode) recipe.get("image")).put("encrypt", false);
        image.put("deprecateAfter", "90d").put("parameter", "/images/web");
        image.putArray("shareWith").add("111122223333");
        image.putArray("copyTo").add("eu-west-1");
        image.putObject("test").put("command", "ansible --version");

        StagePlan stages = plan(recipe).image().stages();

        assertThat(stages.deprecateAfter()).contains(Duration.ofDays(90));
        assertThat(stages.shareWith()).containsExactly("111122223333");
        assertThat(stages.copyTo()).containsExactly(new Region("eu-west-1"));
        assertThat(stages.parameter()).contains("/images/web");
        assertThat(stages.test()).hasValueSatisfying(test -> {
            assertThat(test.command().document()).isEqualTo("AWS-RunShellScript");
            assertThat(test.command().parameters())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("commands", "ansible --version", "executionTimeout", "1800"));
            assertThat(test.instance().tags())
                    .containsEntry("Name", "ami-bakery test of web")
                    .containsEntry("ami-bakery:bake", "bake/web/us-east-1");
        });
    }

    @Test
    void names_the_document_of_a_test_that_is_not_installed() {
        ObjectNode recipe = recipe();
        ((ObjectNode) recipe.get("image")).putObject("test").put("document", "smoke-test");

        assertRefused(recipe, "NotInstalled", "SSM document smoke-test");
    }

    @Test
    void keeps_a_failed_builder_no_longer_than_the_hold() {
        BakePlan plan = plan(recipe().put("onFailure", "hold-2h"));

        assertThat(plan.hold()).contains(Duration.ofHours(2));
        assertThat(plan.builder().expires()).isEqualTo(plan.deadline().plus(Duration.ofHours(2)));
    }

    @Test
    void leaves_time_to_clean_up_after_the_deadline_however_short_the_hold() {
        BakePlan plan = plan(recipe().put("onFailure", "hold-5m"));

        assertThat(plan.builder().expires()).isEqualTo(plan.deadline().plus(Duration.ofHours(1)));
    }

    @Test
    void pins_a_playbook_to_its_newest_version_and_digest() {
        versioned();
        upload("an older archive");
        String newest = upload("archive");

        PlannedCommand playbook = plan(withPlaybook()).commands().playbooks().get(0);

        assertThat(playbook.document()).isEqualTo("bakery-debian-run-playbook");
        assertThat(playbook.parameters())
                .containsEntry("VersionId", newest)
                .containsEntry("Sha256", sha256("archive"))
                .containsEntry("Bucket", "playbooks")
                .containsEntry("Key", "base.zip")
                .containsEntry("Playbook", "site.yml")
                .containsEntry("Region", "us-east-1");
        assertThat(simulator.calls().count("GetObject")).isEqualTo(1);
    }

    @Test
    void trusts_the_digest_that_s3_computed() {
        versioned();
        s3.putObject(
                request -> request.bucket("playbooks").key("base.zip").checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromString("archive"));

        BakePlan plan = plan(withPlaybook());

        assertThat(plan.commands().playbooks().get(0).parameters()).containsEntry("Sha256", sha256("archive"));
        assertThat(simulator.calls().count("GetObject")).isZero();
    }

    @Test
    void refuses_a_playbook_in_a_bucket_without_versions() {
        upload("archive");

        assertRefused(withPlaybook(), "PlaybookNotVersioned", "s3://playbooks/base.zip", "Turn on versioning");
    }

    @Test
    void follows_a_playbook_to_its_buckets_own_region() {
        S3Client elsewhere = clients.s3(new Region("eu-west-1"));
        elsewhere.createBucket(request -> request.bucket("playbooks-eu")
                .createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
        elsewhere.putBucketVersioning(request -> request.bucket("playbooks-eu")
                .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        String version = elsewhere
                .putObject(request -> request.bucket("playbooks-eu").key("base.zip"), RequestBody.fromString("archive"))
                .versionId();
        ObjectNode recipe = withPlaybook();
        ((ObjectNode) recipe.get("playbooks").get(0)).put("source", "s3://playbooks-eu/base.zip");

        BakePlan plan = plan(recipe);

        assertThat(plan.commands().playbooks().get(0).parameters()).containsEntry("VersionId", version);
    }

    @Test
    void refuses_a_playbook_that_is_not_there() {
        assertRefused(withPlaybook(), "PlaybookNotFound", "s3://playbooks/base.zip", "Nothing was created");
    }

    @Test
    void tells_every_problem_of_an_invalid_recipe() {
        ObjectNode recipe = recipe().put("deadline", "1s").put("nonsense", true);

        assertRefused(recipe, "InvalidRecipe", "/deadline", "nonsense");
    }

    @Test
    void names_all_that_is_not_installed() {
        AwsPlanActivities plans = plans(new Functions(false, "find-it", "clean-it"), "unknown");

        assertThatThrownBy(() -> plans.plan(request(recipe())))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("NotInstalled");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage())
                            .contains("SSM document unknown-debian-scrub", "Lambda function find-it", "clean-it");
                });
    }

    @Test
    void many_plans_of_one_moment_ask_for_each_document_once() {
        AwsPlanActivities plans = plans(new Functions(true, "", ""), "bakery");
        plans.plan(request(recipe()));
        int asked = simulator.calls().count("DescribeDocument");

        plans.plan(request(recipe()));
        assertThat(simulator.calls().count("DescribeDocument")).isEqualTo(asked);

        clock.advance(AwsPlanActivities.SHORT_MEMORY);
        plans.plan(request(recipe()));
        assertThat(simulator.calls().count("DescribeDocument")).isEqualTo(2 * asked);
    }

    @Test
    void a_document_that_was_missing_is_looked_for_by_the_next_plan() {
        AwsPlanActivities plans = plans(new Functions(true, "", ""), "late");
        assertThatThrownBy(() -> plans.plan(request(recipe()))).isInstanceOf(ApplicationFailure.class);
        for (String name : List.of("verify-agent", "update-packages", "install-packages", "scrub")) {
            simulator.ssm().document("late-debian-" + name, document());
        }

        assertThat(plans.plan(request(recipe())).commands().scrub().document()).isEqualTo("late-debian-scrub");
    }

    @Test
    void the_digest_of_a_version_is_computed_once_and_that_of_a_newer_one_anew() {
        AwsPlanActivities plans = plans(new Functions(true, "", ""), "bakery");
        versioned();
        upload("archive");
        plans.plan(request(withPlaybook()));
        plans.plan(request(withPlaybook()));
        assertThat(simulator.calls().count("GetObject")).isEqualTo(1);

        upload("a newer archive");
        BakePlan plan = plans.plan(request(withPlaybook()));

        assertThat(plan.commands().playbooks().get(0).parameters()).containsEntry("Sha256", sha256("a newer archive"));
    }

    @Test
    void names_the_account_where_a_recipe_says_self() {
        ObjectNode recipe = recipe();
        ((ObjectNode) recipe.get("foundation")).putArray("owners").add("self");

        assertThat(plan(recipe).foundation().foundation().owners()).containsExactly("123456789012");
    }

    @Test
    void refuses_a_workflow_id_that_no_document_takes() {
        PlanBake request =
                new PlanBake(new BakeRequest(recipe()), new BakeId("default", "bake $(reboot)", "run-1"), STARTED);

        assertThatThrownBy(() -> plans(new Functions(true, "", ""), "bakery").plan(request))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("CommandParameterRefused");
                    assertThat(failure.isNonRetryable()).isTrue();
                });
    }

    private BakePlan plan(ObjectNode recipe) {
        return plans(new Functions(true, "", ""), "bakery").plan(request(recipe));
    }

    private AwsPlanActivities plans(Functions functions, String documentPrefix) {
        Installation installation = new Installation(
                "bakery-stack",
                REGION,
                new Network(List.of("subnet-0000000a", "subnet-0000000b"), List.of("sg-0000000a"), false),
                "builder",
                functions,
                documentPrefix,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Polling.DEFAULT);
        return new AwsPlanActivities(
                installation, clients, List.of("BakeryRecipe"), AwsPlanActivities.SHORT_MEMORY, clock);
    }

    private void assertRefused(ObjectNode recipe, String type, String... words) {
        assertThatThrownBy(() -> plan(recipe))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains(words);
                });
    }

    private static PlanBake request(ObjectNode recipe) {
        return new PlanBake(new BakeRequest(recipe), BAKE, STARTED);
    }

    private static ObjectNode recipe() {
        ObjectNode recipe =
                BakeryJson.mapper().createObjectNode().put("name", "web").put("system", "ubuntu");
        ObjectNode foundation =
                recipe.putObject("foundation").put("name", "ubuntu/images/*").put("architecture", "x86_64");
        foundation.putArray("owners").add("099720109477");
        ArrayNode types = recipe.putObject("builder").putArray("instanceTypes");
        types.add("t3.medium").add("m5.large");
        recipe.putObject("image").putObject("tags").put("team", "platform");
        return recipe;
    }

    private static ObjectNode withPlaybook() {
        ObjectNode recipe = recipe();
        recipe.putArray("playbooks").addObject().put("source", "s3://playbooks/base.zip");
        return recipe;
    }

    private void versioned() {
        s3.putBucketVersioning(request -> request.bucket("playbooks")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
    }

    private String upload(String content) {
        return s3.putObject(request -> request.bucket("playbooks").key("base.zip"), RequestBody.fromString(content))
                .versionId();
    }

    private static String sha256(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String document() {
        return """
                schemaVersion: "2.2"
                mainSteps:
                  - action: aws:runShellScript
                    name: run
                    inputs: {runCommand: ["true"]}
                """;
    }
}
