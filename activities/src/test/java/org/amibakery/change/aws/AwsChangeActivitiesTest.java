package org.amibakery.change.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeryJson;
import org.amibakery.bake.PlanBake;
import org.amibakery.bake.aws.AwsPlanActivities;
import org.amibakery.builder.BakeId;
import org.amibakery.change.BakeWhen;
import org.amibakery.change.ChangeVerdict;
import org.amibakery.change.FindChange;
import org.amibakery.change.RecipeChange;
import org.amibakery.configuration.AnInstallation;
import org.amibakery.foundation.aws.AwsFoundationActivities;
import org.amibakery.function.InProcessFunctions;
import org.amibakery.function.LambdaFunctions;
import org.amibakery.image.OriginTags;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.ec2.FoundationImage;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.PlatformFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;

class AwsChangeActivitiesTest {
    private static final Region REGION = new Region("us-east-1");
    private static final String VENDOR = "099720109477";
    private static final Instant BAKED = Instant.parse("2026-03-01T03:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-08T03:00:00Z");

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final S3Client s3 = clients.s3(REGION);
    private final AwsPlanActivities plans =
            new AwsPlanActivities(AnInstallation.of("bakery", REGION), clients, List.of());
    private final AwsChangeActivities changes = new AwsChangeActivities(
            plans,
            new AwsFoundationActivities(
                    new org.amibakery.function.Functions(
                            new LambdaFunctions(clients), new InProcessFunctions(clients::ec2, Clock.systemUTC())),
                    clients),
            clients,
            Clock.fixed(NOW, ZoneOffset.UTC));

    private String foundation;

    @BeforeEach
    void install() {
        for (String name : List.of("verify-agent", "update-packages", "install-packages", "run-playbook", "scrub")) {
            simulator.ssm().document("bakery-debian-" + name, document("true"));
        }
        s3.createBucket(request -> request.bucket("playbooks"));
        s3.putBucketVersioning(request -> request.bucket("playbooks")
                .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        upload("archive");
        foundation = vendorPublishes("2026-02-01");
    }

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void an_image_of_the_same_parts_is_unchanged() {
        ImageId image = baked();

        RecipeChange change = find(recipe());

        assertThat(change)
                .isEqualTo(new RecipeChange(
                        "web",
                        REGION,
                        ChangeVerdict.UNCHANGED,
                        List.of(image + " of 2026-03-01 was baked of the same foundation image, recipe, playbooks and"
                                + " documents"),
                        Optional.of(image)));
    }

    @Test
    void a_family_without_a_good_image_is_baked() {
        Map<String, String> tags = tags();
        tags.put("ami-bakery:state", "failed");
        simulator.ec2().ownsImage("failed", BAKED, tags);

        assertChanged(find(recipe()), "there is no good image yet");
    }

    /** What Packer and rosco miss: the recipe names the foundation by pattern, so its own text stays the same. */
    @Test
    void a_new_foundation_image_is_a_change_though_the_recipe_is_the_same() {
        ImageId image = baked();
        String newer = vendorPublishes("2026-03-05");

        RecipeChange change = find(recipe());

        assertChanged(change, "the newest foundation image is %s (was %s)".formatted(newer, foundation));
        assertThat(change.newestImage()).contains(image);
    }

    @Test
    void a_new_foundation_image_that_the_pattern_does_not_name_changes_nothing() {
        baked();
        simulator.ec2().publishesImage(image("fedora-2026-03-05"));

        assertThat(find(recipe()).verdict()).isEqualTo(ChangeVerdict.UNCHANGED);
    }

    @Test
    void another_version_of_a_playbook_is_a_change() {
        baked();
        String version = upload("another archive");

        assertThat(find(recipe()).reasons())
                .singleElement()
                .asString()
                .startsWith("playbook base.zip has version " + version.substring(0, Math.min(12, version.length())))
                .contains(" (was ");
    }

    @Test
    void another_version_of_a_document_is_a_change() {
        baked();
        clients.ssm(REGION).updateDocument(request -> request.name("bakery-debian-scrub")
                .documentVersion("$LATEST")
                .documentFormat(DocumentFormat.YAML)
                .content(document("echo")));
        clients.ssm(REGION).updateDocumentDefaultVersion(request -> request.name("bakery-debian-scrub")
                .documentVersion("2"));

        assertChanged(find(recipe()), "document bakery-debian-scrub has version 2 (was 1)");
    }

    @Test
    void a_recipe_that_says_something_else_is_a_change() {
        baked();

        assertChanged(find(recipe().put("deadline", "6h")), "the recipe changed");
    }

    @Test
    void all_that_changed_is_told() {
        baked();
        vendorPublishes("2026-03-05");
        upload("another archive");

        assertThat(find(recipe().put("deadline", "6h")).reasons()).hasSize(3);
    }

    @Test
    void an_image_that_is_as_old_as_the_window_allows_is_baked_anew() {
        ImageId image = baked();

        assertChanged(
                find(recipe(), BakeWhen.CHANGED, Optional.of(Duration.ofDays(7))),
                image + " of 2026-03-01 is older than 7d (rebakeAfter)");
        assertThat(find(recipe(), BakeWhen.CHANGED, Optional.of(Duration.ofDays(8)))
                        .verdict())
                .isEqualTo(ChangeVerdict.UNCHANGED);
    }

    @Test
    void force_and_a_window_that_always_bakes_say_so() {
        baked();

        assertChanged(find(recipe(), BakeWhen.FORCED, Optional.empty()), "forced");
        assertChanged(
                find(recipe(), BakeWhen.ALWAYS, Optional.empty()),
                "the window bakes unchanged recipes too (onlyWhenChanged: false)");
    }

    @Test
    void only_the_newest_good_image_counts() {
        baked();
        Map<String, String> later = tags();
        later.put(OriginTags.FOUNDATION, "ami-another");
        String newest = simulator.ec2().ownsImage("later", BAKED.plus(Duration.ofDays(1)), later);
        Map<String, String> baking = tags();
        baking.put("ami-bakery:state", "baking");
        simulator.ec2().ownsImage("baking", BAKED.plus(Duration.ofDays(2)), baking);

        RecipeChange change = find(recipe());

        assertThat(change.newestImage()).contains(new ImageId(newest));
        assertChanged(change, "the newest foundation image is %s (was ami-another)".formatted(foundation));
    }

    @Test
    void images_of_other_families_stacks_and_regions_do_not_count() {
        for (Map.Entry<String, String> other : Map.of(
                        "ami-bakery:stack", "other",
                        "ami-bakery:recipe", "db",
                        "ami-bakery:bake", "bake/web/eu-west-1")
                .entrySet()) {
            Map<String, String> tags = tags();
            tags.put(other.getKey(), other.getValue());
            simulator.ec2().ownsImage(other.getValue().replace('/', '-'), BAKED, tags);
        }

        assertChanged(find(recipe()), "there is no good image yet");
    }

    @Test
    void an_image_that_does_not_tell_what_it_was_baked_of_counts_as_changed() {
        Map<String, String> tags = tags();
        List.of(OriginTags.FOUNDATION, OriginTags.DOCUMENTS, OriginTags.PLAYBOOKS)
                .forEach(tags::remove);
        String image = simulator.ec2().ownsImage("old", BAKED, tags);

        assertChanged(
                find(recipe()),
                image + " does not tell its foundation image",
                image + " does not tell its playbooks",
                image + " does not tell its documents");
    }

    @Test
    void what_may_not_be_looked_at_counts_as_changed() {
        baked();
        simulator
                .faults()
                .on("DescribeDocument")
                .beforeCommit(FaultEffect.error(SimulatorError.of(400, "AccessDeniedException", "no")));

        assertChanged(
                find(recipe()),
                "the version of document bakery-debian-update-packages could not be read",
                "the version of document bakery-debian-install-packages could not be read",
                "the version of document bakery-debian-run-playbook could not be read",
                "the version of document bakery-debian-scrub could not be read");
    }

    @Test
    void images_that_may_not_be_seen_count_as_changed() {
        baked();
        simulator
                .faults()
                .on("DescribeImages")
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "no")));

        assertThat(find(recipe()).reasons())
                .singleElement()
                .asString()
                .startsWith("the family's images could not be found out: EC2 answered UnauthorizedOperation");
    }

    @Test
    void a_foundation_image_that_cannot_be_found_counts_as_changed() {
        baked();
        simulator.ec2().withdrawsImage(foundation);

        assertThat(find(recipe()).reasons())
                .singleElement()
                .asString()
                .startsWith("the newest foundation image could not be found out: ");
    }

    @Test
    void what_may_be_over_soon_is_asked_again() {
        baked();
        simulator
                .faults()
                .on("DescribeImages")
                .beforeCommit(FaultEffect.error(SimulatorError.of(503, "Unavailable", "later")));

        assertThatThrownBy(() -> find(recipe()))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    @Test
    void an_invalid_recipe_is_refused_with_the_validators_words() {
        assertThatThrownBy(() -> find(recipe().put("deadline", "1s")))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("InvalidRecipe");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("/deadline: no bake ends within 1s");
                });
    }

    private RecipeChange find(ObjectNode recipe) {
        return find(recipe, BakeWhen.CHANGED, Optional.empty());
    }

    private RecipeChange find(ObjectNode recipe, BakeWhen when, Optional<Duration> rebakeAfter) {
        return changes.find(new FindChange(new BakeRequest(recipe), when, rebakeAfter));
    }

    private static void assertChanged(RecipeChange change, String... reasons) {
        assertThat(change.reasons()).containsExactly(reasons);
        assertThat(change.verdict()).isEqualTo(ChangeVerdict.CHANGED);
    }

    /** A bake of the recipe has made an image. */
    private ImageId baked() {
        return new ImageId(simulator.ec2().ownsImage("web-1", BAKED, tags()));
    }

    /** What a bake would tag a good image with. */
    private Map<String, String> tags() {
        BakePlan plan = plans.plan(
                new PlanBake(new BakeRequest(recipe()), new BakeId("default", "bake/web/us-east-1", "run-1"), BAKED));
        Map<String, String> tags = new LinkedHashMap<>(plan.image().tagsAtCreation());
        tags.put(OriginTags.FOUNDATION, foundation);
        tags.putAll(plan.image().tagsWhenGood());
        return tags;
    }

    private String vendorPublishes(String date) {
        return simulator.ec2().publishesImage(image("vendor/web-" + date));
    }

    private static FoundationImage image(String name) {
        String date = name.substring(name.length() - "2026-01-01".length());
        return new FoundationImage(name, VENDOR, "x86_64", PlatformFamily.UBUNTU, Instant.parse(date + "T00:00:00Z"));
    }

    private String upload(String content) {
        return s3.putObject(request -> request.bucket("playbooks").key("base.zip"), RequestBody.fromString(content))
                .versionId();
    }

    private static ObjectNode recipe() {
        ObjectNode recipe =
                BakeryJson.mapper().createObjectNode().put("name", "web").put("system", "ubuntu");
        recipe.putObject("foundation")
                .put("name", "vendor/web-*")
                .put("architecture", "x86_64")
                .putArray("owners")
                .add(VENDOR);
        recipe.putObject("builder").putArray("instanceTypes").add("t3.medium");
        recipe.putArray("playbooks").addObject().put("source", "s3://playbooks/base.zip");
        return recipe;
    }

    private static String document(String command) {
        return """
                schemaVersion: "2.2"
                mainSteps:
                  - action: aws:runShellScript
                    name: run
                    inputs: {runCommand: ["%s"]}
                """
                .formatted(command);
    }
}
