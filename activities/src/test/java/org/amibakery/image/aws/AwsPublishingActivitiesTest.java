package org.amibakery.image.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amibakery.bake.BakeryJson;
import org.amibakery.builder.BakeId;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.CopyImage;
import org.amibakery.image.CopyToken;
import org.amibakery.image.DeprecateImage;
import org.amibakery.image.ImageRef;
import org.amibakery.image.PublishImage;
import org.amibakery.image.PublishingActivities;
import org.amibakery.image.ShareImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ssm.model.Parameter;

class AwsPublishingActivitiesTest {
    private static final Region IRELAND = new Region("eu-west-1");
    private static final BakeId BAKE = new BakeId("default", StoppedBuilder.BAKE, "run-1");
    private static final String PARAMETER = "/images/web";
    private static final String FRIEND = "111122223333";

    private final StoppedBuilder aws = new StoppedBuilder();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private final ImageId image = new ImageId(aws.owns(Map.of("ami-bakery:state", "good")));
    private PublishingActivities publishing;

    @BeforeEach
    void register() {
        temporal.registerActivitiesImplementations(new AwsPublishingActivities(aws.clients()));
        publishing = temporal.newActivityStub(
                PublishingActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }

    @AfterEach
    void close() {
        temporal.close();
        aws.close();
    }

    @Test
    void copies_once_however_often_it_is_asked() {
        ImageId copy = publishing.copy(copying());
        ImageId again = publishing.copy(copying());

        assertThat(again).isEqualTo(copy);
        assertThat(imagesInIreland()).singleElement().satisfies(made -> {
            assertThat(made.imageId()).isEqualTo(copy.value());
            assertThat(made.sourceImageId()).isEqualTo(image.value());
        });
    }

    @Test
    void copies_once_when_the_answer_is_lost() {
        var lost = aws.simulator().faults().on("CopyImage").atCall(1).afterCommit(FaultEffect.close());

        assertThatThrownBy(() -> publishing.copy(copying()))
                .isInstanceOf(ActivityFailure.class)
                .hasMessageContaining("the same call is made again");
        ImageId copy = publishing.copy(copying()); // as Temporal's retry does

        assertThat(lost.timesFired()).isEqualTo(1);
        assertThat(imagesInIreland()).singleElement().satisfies(made -> assertThat(made.imageId())
                .isEqualTo(copy.value()));
    }

    @Test
    void tags_and_encrypts_a_copy_from_birth_and_does_not_call_it_good() {
        publishing.copy(copying());

        assertThat(imagesInIreland()).singleElement().satisfies(made -> assertThat(Ec2Filters.tagsOf(made.tags()))
                .isEqualTo(StoppedBuilder.TAGS));
        assertThat(aws.clients()
                        .ec2(IRELAND)
                        .describeSnapshots(request -> request.ownerIds("self"))
                        .snapshots())
                .isNotEmpty()
                .allSatisfy(snapshot -> {
                    assertThat(snapshot.encrypted()).isTrue();
                    assertThat(Ec2Filters.tagsOf(snapshot.tags())).isEqualTo(StoppedBuilder.TAGS);
                });
    }

    @Test
    void tells_whose_quota_keeps_a_region_without_its_copy() {
        refuse("CopyImage", "SnapshotLimitExceeded");

        assertRefused(() -> publishing.copy(copying()), "SnapshotLimitExceeded", "snapshot quota");
        assertThat(imagesInIreland()).isEmpty();
    }

    @Test
    void deprecates_so_long_after_the_creation_that_ec2_knows() {
        long age = Duration.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.now())
                .toDays();
        Duration after = Duration.ofDays(age + 90);

        publishing.deprecate(new DeprecateImage(new ImageRef(StoppedBuilder.REGION, image), after));

        assertThat(Instant.parse(aws.images().get(0).deprecationTime()))
                .isEqualTo(Instant.parse(aws.images().get(0).creationDate()).plus(after));
    }

    @Test
    void shares_the_image_and_its_snapshots() {
        publishing.share(sharing());

        assertThat(aws.ec2()
                        .describeImageAttribute(request ->
                                request.imageId(image.value()).attribute(ImageAttributeName.LAUNCH_PERMISSION))
                        .launchPermissions())
                .extracting(LaunchPermission::userId)
                .containsExactly(FRIEND);
        assertThat(aws.simulator().calls().count("ModifySnapshotAttribute")).isEqualTo(1);
    }

    @Test
    void tells_that_the_account_blocks_sharing() {
        refuse("ModifyImageAttribute", "OperationNotPermitted");

        assertRefused(() -> publishing.share(sharing()), "OperationNotPermitted", "blocks public access");
    }

    @Test
    void names_the_image_in_a_parameter_that_named_another() {
        publishing.publish(publishing(new ImageId(aws.owns(Map.of()))));

        publishing.publish(publishing(image));

        assertThat(parameter().value()).isEqualTo(image.value());
        assertThat(parameter().dataType()).isEqualTo("aws:ec2:image");
    }

    @Test
    void writes_nothing_where_the_parameter_names_the_image_already() {
        publishing.publish(publishing(image));

        publishing.publish(publishing(image));

        assertThat(parameter().version()).isEqualTo(1);
    }

    @Test
    void does_not_believe_a_value_that_ssm_dropped() {
        assertThatThrownBy(() -> publishing.publish(publishing(new ImageId("ami-00000000000000000"))))
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("NotYet");
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
                });
    }

    @Test
    void tells_that_the_parameter_may_not_be_written() {
        refuse("PutParameter", "AccessDeniedException");

        assertRefused(() -> publishing.publish(publishing(image)), "AccessDeniedException", "Allow ssm:PutParameter");
    }

    private void refuse(String operation, String code) {
        aws.simulator().faults().on(operation).beforeCommit(FaultEffect.error(SimulatorError.of(400, code, "no")));
    }

    private static void assertRefused(Runnable call, String type, String words) {
        assertThatThrownBy(call::run)
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains(words);
                });
    }

    private CopyImage copying() {
        return new CopyImage(
                IRELAND,
                CopyToken.of(BAKE, IRELAND),
                new ImageRef(StoppedBuilder.REGION, image),
                StoppedBuilder.NAME,
                "a test",
                true,
                StoppedBuilder.TAGS);
    }

    private ShareImage sharing() {
        List<String> snapshots = Ec2Filters.snapshotsOf(aws.images().get(0));
        return new ShareImage(StoppedBuilder.REGION, new AvailableImage(image, snapshots), List.of(FRIEND));
    }

    private static PublishImage publishing(ImageId id) {
        return new PublishImage(new ImageRef(StoppedBuilder.REGION, id), PARAMETER);
    }

    private List<Image> imagesInIreland() {
        return aws.clients()
                .ec2(IRELAND)
                .describeImages(request -> request.owners("self"))
                .images();
    }

    private Parameter parameter() {
        return aws.clients()
                .ssm(StoppedBuilder.REGION)
                .getParameter(get -> get.name(PARAMETER))
                .parameter();
    }
}
