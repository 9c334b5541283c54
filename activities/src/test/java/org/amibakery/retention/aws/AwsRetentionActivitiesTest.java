package org.amibakery.retention.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.bake.PlanActivities;
import org.amibakery.configuration.AnInstallation;
import org.amibakery.configuration.Installations;
import org.amibakery.function.Functions;
import org.amibakery.function.InProcessFunctions;
import org.amibakery.function.LambdaFunctions;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.lambdas.cleanup.CleanUpImagesRequest;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.retention.FindRetentionScope;
import org.amibakery.retention.RetentionMode;
import org.amibakery.retention.RetentionReport;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawalStep;
import org.amibakery.retention.RetentionReport.WithdrawnImage;
import org.amibakery.retention.RetentionScope;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.world.Timings;
import org.amibakery.watch.Crowd;
import org.amibakery.watch.Crowds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

class AwsRetentionActivitiesTest {
    private static final Region REGION = new Region("us-east-1");
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final Map<String, String> GOOD = Map.of(
            "ami-bakery:stack", "stack",
            "ami-bakery:recipe", "web",
            "ami-bakery:state", "good");

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.forTests().withTimings(Timings.instant()));
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final AwsRetentionActivities retention = retention(Clock.systemUTC());

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void deletes_old_images_and_tells_why_the_others_stay() {
        String oldest = owns("web-1", 90);
        String old = owns("web-2", 60);
        String newest = owns("web-3", 1);
        simulator.ec2().runsInstanceFrom(old);

        RetentionReport report = retention.deleteOldImages(request());

        assertThat(report.deleted()).extracting(ImageVerdict::id).containsExactly(new ImageId(oldest));
        assertThat(report.kept())
                .extracting(ImageVerdict::id)
                .containsExactlyInAnyOrder(new ImageId(old), new ImageId(newest));
        assertThat(report.kept()).allSatisfy(kept -> assertThat(kept.reason()).isNotBlank());
        assertThat(report.failed()).isEmpty();
        assertThat(report.continuation()).isEmpty();
    }

    @Test
    void families_whose_bakes_end_together_are_asked_about_together() {
        List<String> questions = new CopyOnWriteArrayList<>();
        CleanUpImagesFunction deployed =
                new CleanUpImagesFunction(region -> clients.ec2(new Region(region)), Clock.systemUTC());
        simulator.function("clean", question -> {
            questions.add(new String(question, UTF_8));
            return deployed.handle(question);
        });

        List<RetentionReport> reports = askAtOnce(retention(Clock.systemUTC(), Crowds.of(100)), 8);

        assertThat(reports).hasSize(8);
        assertThat(reports).allSatisfy(report -> assertThat(report.deleted()).hasSize(1));
        assertThat(questions).hasSizeLessThan(8);
        assertThat(simulator.calls().count("DescribeSnapshots"))
                .as("one look for all of a question")
                .isEqualTo(questions.size());
    }

    @Test
    void asks_a_function_of_an_earlier_release_about_one_family_at_a_time() {
        CleanUpImagesFunction deployed =
                new CleanUpImagesFunction(region -> clients.ec2(new Region(region)), Clock.systemUTC());
        simulator.function(
                "clean",
                question -> deployed.handle(
                        FunctionJson.write(FunctionJson.readRequest(question, CleanUpImagesRequest.class))));

        List<RetentionReport> reports = askAtOnce(retention(Clock.systemUTC(), Crowds.of(100)), 4);

        assertThat(reports).allSatisfy(report -> assertThat(report.deleted()).hasSize(1));
    }

    /** Each family has an image to delete. */
    private List<RetentionReport> askAtOnce(AwsRetentionActivities activities, int families) {
        for (int family = 0; family < families; family++) {
            Map<String, String> tags = new HashMap<>(GOOD);
            tags.put("ami-bakery:recipe", "web-" + family);
            simulator.ec2().ownsImage("old-" + family, Instant.now().minus(Duration.ofDays(90)), tags);
            simulator.ec2().ownsImage("new-" + family, Instant.now(), tags);
        }
        List<CompletableFuture<RetentionReport>> answers = IntStream.range(0, families)
                .mapToObj(family -> new DeleteOldImages(
                        REGION,
                        "stack",
                        "web-" + family,
                        new RetentionPolicy(Duration.ofDays(30), 1),
                        10,
                        Optional.of("clean"),
                        Optional.empty()))
                .map(request -> CompletableFuture.supplyAsync(
                        () -> activities.deleteOldImages(request), task -> new Thread(task).start()))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void names_some_of_those_that_stay_and_counts_them_all() {
        for (int number = 0; number < 25; number++) {
            owns("web-" + number, 1);
        }

        RetentionReport report = retention.deleteOldImages(request());

        assertThat(report.kept()).hasSize(20);
        assertThat(report.keptCount()).isEqualTo(25);
    }

    @Test
    void stops_in_time_for_its_activity_and_says_where_to_go_on() {
        owns("web-1", 90);
        owns("web-2", 60);
        owns("web-3", 1);
        Instant start = Instant.now();

        RetentionReport report = retention(new HurriedClock(start)).deleteOldImages(request());

        assertThat(report.deleted()).hasSize(1);
        assertThat(report.continuation()).isPresent();
    }

    @Test
    void only_tells_what_would_go_if_asked_for_a_plan() {
        String old = owns("web-1", 90);
        owns("web-2", 1);

        RetentionReport report =
                retention.deleteOldImages(request(new RetentionPolicy(Duration.ofDays(30), 1), RetentionMode.PLAN));

        assertThat(report.deleted()).extracting(ImageVerdict::id).containsExactly(new ImageId(old));
        assertThat(simulator.calls().of("DeregisterImage")).isEmpty();
    }

    @Test
    void goes_through_copies_in_another_region_as_images_of_the_family_that_was_baked_here() {
        Region elsewhere = new Region("eu-west-1");
        copies(owns("web-1", 2), elsewhere);
        String newest = copies(owns("web-2", 1), elsewhere);
        AwsRetentionActivities inTwoMonths = retention(Clock.offset(Clock.systemUTC(), Duration.ofDays(60)));

        RetentionReport ofItsOwn = inTwoMonths.deleteOldImages(in(elsewhere, elsewhere));
        RetentionReport ofCopies = inTwoMonths.deleteOldImages(in(elsewhere, REGION));

        assertThat(ofItsOwn.deleted()).isEmpty();
        assertThat(ofItsOwn.keptCount()).isZero();
        assertThat(ofCopies.deleted()).extracting(ImageVerdict::name).containsExactly("copy-of-web-1");
        assertThat(ofCopies.kept()).extracting(ImageVerdict::id).containsExactly(new ImageId(newest));
    }

    /** Tagged as a bake tags its copies. */
    private String copies(String image, Region region) {
        return clients.ec2(region)
                .copyImage(it -> it.sourceImageId(image)
                        .sourceRegion(REGION.name())
                        .name("copy-of-" + name(image))
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.IMAGE)
                                .tags(
                                        tag("ami-bakery:stack", "stack"),
                                        tag("ami-bakery:recipe", "web"),
                                        tag("ami-bakery:bake", "bake/web/us-east-1"),
                                        tag("ami-bakery:state", "good"))
                                .build()))
                .imageId();
    }

    private String name(String image) {
        return clients.ec2(REGION)
                .describeImages(look -> look.imageIds(image))
                .images()
                .get(0)
                .name();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static DeleteOldImages in(Region region, Region bakedIn) {
        return new DeleteOldImages(
                region,
                "stack",
                "web",
                new RetentionPolicy(Duration.ofDays(30), 1),
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.of(bakedIn),
                RetentionMode.DELETE);
    }

    @Test
    void finds_out_what_the_retention_of_a_recipe_is_about() {
        ObjectNode recipe = recipe();
        recipe.putObject("image").putArray("copyTo").add("eu-west-1").add("us-east-1");
        recipe.putObject("retention").put("olderThan", "60d").put("keepAtLeast", 2);

        assertThat(retention.findScope(new FindRetentionScope(recipe)))
                .isEqualTo(new RetentionScope(
                        "web",
                        REGION,
                        List.of(REGION, new Region("eu-west-1")),
                        "stack",
                        new RetentionPolicy(Duration.ofDays(60), 2),
                        Optional.empty()));
    }

    @Test
    void refuses_a_recipe_that_cannot_be_read_with_the_validators_words() {
        ObjectNode recipe = recipe();
        recipe.putObject("retention").put("keepAtLeast", 0);

        assertThatThrownBy(() -> retention.findScope(new FindRetentionScope(recipe)))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(PlanActivities.INVALID_RECIPE);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("keepAtLeast");
                });
    }

    private static ObjectNode recipe() {
        ObjectNode recipe =
                new ObjectMapper().createObjectNode().put("name", "web").put("system", "ubuntu");
        recipe.putObject("foundation")
                .put("name", "ubuntu-*")
                .putArray("owners")
                .add("099720109477");
        recipe.putObject("builder").putArray("instanceTypes").add("t3.medium");
        return recipe;
    }

    @Test
    void withdraws_in_stages_as_the_policy_asks_and_says_until_when() {
        String old = owns("web-1", 60);
        owns("web-2", 1);

        WithdrawnImage deprecated = onlyWithdrawn(Clock.systemUTC());
        assertThat(deprecated.id()).isEqualTo(new ImageId(old));
        assertThat(deprecated.step()).isEqualTo(WithdrawalStep.DEPRECATED);
        assertThat(deprecationTimeOf(old)).isEqualTo(deprecated.until().minus(FORTNIGHT));

        WithdrawnImage disabled = onlyWithdrawn(Clock.offset(Clock.systemUTC(), FORTNIGHT.plusHours(1)));
        assertThat(disabled.step()).isEqualTo(WithdrawalStep.DISABLED);
        assertThat(state(old)).isEqualTo("disabled");

        RetentionReport last =
                retention(Clock.fixed(disabled.until(), ZoneOffset.UTC)).deleteOldImages(request(inStages()));
        assertThat(last.deleted()).extracting(ImageVerdict::id).containsExactly(new ImageId(old));
    }

    private WithdrawnImage onlyWithdrawn(Clock clock) {
        RetentionReport report = retention(clock).deleteOldImages(request(inStages()));
        assertThat(report.deleted()).isEmpty();
        assertThat(report.failed()).isEmpty();
        assertThat(report.withdrawn()).hasSize(1);
        return report.withdrawn().get(0);
    }

    private Instant deprecationTimeOf(String imageId) {
        return Instant.parse(image(imageId).deprecationTime());
    }

    private String state(String imageId) {
        return image(imageId).stateAsString();
    }

    private Image image(String imageId) {
        return clients.ec2(REGION)
                .describeImages(look -> look.imageIds(imageId).includeDisabled(true))
                .images()
                .get(0);
    }

    private static RetentionPolicy inStages() {
        return new RetentionPolicy(Duration.ofDays(30), 1, Optional.of(FORTNIGHT), Optional.of(Duration.ofDays(7)));
    }

    private AwsRetentionActivities retention(Clock clock) {
        return retention(clock, Crowds.of(0));
    }

    private AwsRetentionActivities retention(Clock clock, Crowd crowd) {
        return new AwsRetentionActivities(
                new Installations(AnInstallation.of("stack", REGION), clients),
                new Functions(new LambdaFunctions(clients), new InProcessFunctions(clients::ec2, clock)),
                crowd);
    }

    private static DeleteOldImages request() {
        return request(new RetentionPolicy(Duration.ofDays(30), 1), RetentionMode.DELETE);
    }

    private static DeleteOldImages request(RetentionPolicy policy) {
        return request(policy, RetentionMode.DELETE);
    }

    private static DeleteOldImages request(RetentionPolicy policy, RetentionMode mode) {
        return new DeleteOldImages(
                REGION, "stack", "web", policy, 10, Optional.empty(), Optional.empty(), Optional.of(REGION), mode);
    }

    private String owns(String name, int daysOld) {
        return simulator.ec2().ownsImage(name, Instant.now().minus(Duration.ofDays(daysOld)), GOOD);
    }

    /** Lets five minutes pass between two looks at it. */
    private static final class HurriedClock extends Clock {
        private final Instant start;
        private final AtomicInteger readings = new AtomicInteger();

        HurriedClock(Instant start) {
            this.start = start;
        }

        @Override
        public Instant instant() {
            return start.plus(Duration.ofMinutes(5L * readings.getAndIncrement()));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
