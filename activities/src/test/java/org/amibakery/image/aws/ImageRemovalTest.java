package org.amibakery.image.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.amibakery.bake.BakeryJson;
import org.amibakery.image.DiscardImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageRemovalTest {
    private final StoppedBuilder aws = new StoppedBuilder();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(BakeryJson.dataConverter())
                            .build())
                    .build());
    private ImageRemoval tested = new ImageRemoval(aws.clients(), Duration.ofMinutes(5), Duration.ofSeconds(15));
    private Removal removal;

    /** The one method of the images' activities that is under test. */
    @ActivityInterface
    public interface Removal {
        void discard(DiscardImage request);
    }

    @BeforeEach
    void register() {
        temporal.registerActivitiesImplementations((Removal) request -> tested.discard(request));
        removal = temporal.newActivityStub(
                Removal.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .build());
    }

    @AfterEach
    void close() {
        temporal.close();
        aws.close();
    }

    @Test
    void removes_the_image_and_its_snapshots_by_id() {
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());

        removal.discard(discarding(Optional.of(id)));

        assertThat(aws.images()).isEmpty();
        assertThat(aws.snapshots()).isEmpty();
    }

    @Test
    void finds_an_image_whose_creation_was_never_answered_by_its_name() {
        new ImageCreation(aws.clients()).create(aws.request());

        removal.discard(discarding(Optional.empty()));

        assertThat(aws.images()).isEmpty();
        assertThat(aws.snapshots()).isEmpty();
    }

    @Test
    void deletes_the_snapshots_that_an_interrupted_attempt_left() {
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());
        aws.ec2().deregisterImage(request -> request.imageId(id.value()));
        assertThat(aws.snapshots()).isNotEmpty();

        assertNotYet(() -> removal.discard(discarding(Optional.of(id))));

        assertThat(aws.snapshots()).isEmpty();
    }

    @Test
    void looks_for_minutes_for_an_image_that_may_still_show_up() {
        assertNotYet(() -> removal.discard(discarding(Optional.empty())));
    }

    @Test
    void stops_looking_after_the_time_it_was_given() {
        tested = new ImageRemoval(aws.clients(), Duration.ZERO, Duration.ZERO);

        removal.discard(discarding(Optional.empty()));

        assertThat(aws.simulator().calls().count("DescribeImages")).isGreaterThan(1);
        assertThat(aws.images()).isEmpty();
    }

    @Test
    void never_touches_a_good_image_of_another_run() {
        Map<String, String> tags = new LinkedHashMap<>(StoppedBuilder.TAGS);
        tags.put("ami-bakery:run", "run-0");
        tags.put("ami-bakery:state", "good");
        String good = aws.owns(tags);

        removal.discard(discarding(Optional.of(new ImageId(good))));

        assertThat(aws.images()).hasSize(1);
        assertThat(aws.snapshots()).isNotEmpty();
    }

    @Test
    void removes_an_image_of_this_run_whose_tagging_got_as_far_as_good() {
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());
        String snapshot = aws.snapshots().get(0).snapshotId();
        aws.ec2().createTags(request -> request.resources(id.value(), snapshot)
                .tags(Ec2Filters.tags(Map.of("ami-bakery:state", "good"))));

        removal.discard(discarding(Optional.of(id)));

        assertThat(aws.images()).isEmpty();
        assertThat(aws.snapshots()).isEmpty();
    }

    @Test
    void looks_for_late_snapshots_of_an_image_that_went_before_it_was_available() {
        aws.simulator().ec2().imagesTake(Duration.ofHours(1));
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());

        assertNotYet(() -> removal.discard(discarding(Optional.of(id))));

        assertThat(aws.images()).isEmpty();
    }

    @Test
    void deletes_a_snapshot_that_shows_up_without_tags_after_its_image_went() {
        aws.simulator().ec2().tagsStayInvisibleFor(Duration.ofHours(1));
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());
        aws.ec2().deregisterImage(request -> request.imageId(id.value()));
        assertThat(aws.snapshots()).isNotEmpty();
        temporal.setHeartbeatDetails(
                new RemovalAttempt.Deregistration(id.value(), RemovalAttempt.Deregistration.UNFINISHED, Instant.now()));

        assertNotYet(() -> removal.discard(discarding(Optional.empty())));

        assertThat(aws.snapshots()).isEmpty();
    }

    @Test
    void is_done_once_late_snapshots_had_their_time() {
        temporal.setHeartbeatDetails(new RemovalAttempt.Deregistration(
                "ami-1", RemovalAttempt.Deregistration.UNFINISHED, Instant.now().minus(Duration.ofMinutes(2))));

        removal.discard(discarding(Optional.empty()));

        assertThat(aws.simulator().calls().count("DescribeSnapshots")).isPositive();
    }

    @Test
    void leaves_an_image_of_somebody_else_alone_and_says_so() {
        String other = aws.owns(Map.of("ami-bakery:bake", "bake/other/us-east-1"));

        assertThatThrownBy(() -> removal.discard(discarding(Optional.empty())))
                .isInstanceOf(ActivityFailure.class)
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(ImageRemoval.NOT_OURS);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains(other, "left alone");
                });
        assertThat(aws.images()).hasSize(1);
    }

    @Test
    void keeps_trying_while_it_is_not_allowed_to() {
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());
        aws.simulator()
                .faults()
                .on("DeregisterImage")
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "no")));

        assertThatThrownBy(() -> removal.discard(discarding(Optional.of(id))))
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    private static void assertNotYet(Runnable discarding) {
        assertThatThrownBy(discarding::run)
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("NotYet");
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
                });
    }

    private static DiscardImage discarding(Optional<ImageId> id) {
        return new DiscardImage(StoppedBuilder.REGION, StoppedBuilder.NAME, StoppedBuilder.BAKE, "run-1", id);
    }
}
