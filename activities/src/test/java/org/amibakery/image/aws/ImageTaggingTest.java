package org.amibakery.image.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.TagImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.watch.Crowd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Snapshot;

class ImageTaggingTest {
    private final StoppedBuilder aws = new StoppedBuilder();
    private final ImageTagging tagging = new ImageTagging(aws.clients(), new Crowd());

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void tags_image_and_snapshots_and_takes_the_expiry_off() {
        TagImage request = tagging();

        tagging.tag(request);

        assertThat(Ec2Filters.tagsOf(aws.images().get(0).tags()))
                .containsEntry("ami-bakery:state", "good")
                .containsEntry("team", "platform")
                .doesNotContainKey("ami-bakery:expires");
        assertThat(aws.snapshots()).allSatisfy(snapshot -> assertThat(Ec2Filters.tagsOf(snapshot.tags()))
                .containsEntry("ami-bakery:state", "good")
                .doesNotContainKey("ami-bakery:expires"));
    }

    @Test
    void may_be_repeated() {
        TagImage request = tagging();
        tagging.tag(request);

        tagging.tag(request);

        assertThat(Ec2Filters.tagsOf(aws.images().get(0).tags())).containsEntry("ami-bakery:state", "good");
    }

    @Test
    void does_not_believe_tags_that_are_not_visible() {
        TagImage request = tagging();
        aws.simulator().ec2().tagsStayInvisibleFor(Duration.ofHours(1));

        assertThatThrownBy(() -> tagging.tag(request))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(ImageTagging.NOT_READ_BACK);
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage())
                            .contains(request.image().id().value());
                });
        assertThat(aws.simulator().calls().count("CreateTags"))
                .as("only the tags that do not make it good")
                .isEqualTo(1);
    }

    @Test
    void does_not_call_an_image_good_whose_expiry_stays_on_it() {
        TagImage request = tagging();
        aws.simulator()
                .faults()
                .on("DeleteTags")
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "no")));

        assertThatThrownBy(() -> tagging.tag(request))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("UnauthorizedOperation");
                    assertThat(failure.getOriginalMessage()).contains("ec2:DeleteTags");
                });

        assertThat(Ec2Filters.tagsOf(aws.images().get(0).tags())).containsEntry("ami-bakery:state", "baking");
    }

    private TagImage tagging() {
        ImageId id = new ImageCreation(aws.clients()).create(aws.request());
        List<String> snapshots =
                aws.snapshots().stream().map(Snapshot::snapshotId).toList();
        return new TagImage(
                StoppedBuilder.REGION,
                new AvailableImage(id, snapshots),
                Map.of("team", "platform", "ami-bakery:state", "good"),
                List.of("ami-bakery:expires"));
    }
}
