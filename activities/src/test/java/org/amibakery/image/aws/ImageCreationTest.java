package org.amibakery.image.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amibakery.builder.aws.InstanceDeath;
import org.amibakery.image.CreateImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

class ImageCreationTest {
    private final StoppedBuilder aws = new StoppedBuilder();
    private final ImageCreation creation = new ImageCreation(aws.clients());

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void tags_image_and_snapshots_at_creation() {
        ImageId id = creation.create(aws.request());

        assertThat(aws.images()).singleElement().satisfies(image -> {
            assertThat(image.imageId()).isEqualTo(id.value());
            assertThat(image.name()).isEqualTo(StoppedBuilder.NAME);
            assertThat(Ec2Filters.tagsOf(image.tags())).isEqualTo(StoppedBuilder.TAGS);
        });
        assertThat(aws.snapshots()).isNotEmpty().allSatisfy(snapshot -> assertThat(Ec2Filters.tagsOf(snapshot.tags()))
                .isEqualTo(StoppedBuilder.TAGS));
    }

    @Test
    void adopts_its_own_image_when_the_answer_was_lost() {
        aws.simulator().faults().on("CreateImage").atCall(1).afterCommit(FaultEffect.close());
        assertThatThrownBy(() -> creation.create(aws.request()))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isFalse());

        ImageId id = creation.create(aws.request());

        assertThat(aws.simulator().calls().count("CreateImage")).isEqualTo(2);
        assertThat(aws.images()).singleElement().satisfies(image -> assertThat(image.imageId())
                .isEqualTo(id.value()));
    }

    @Test
    void does_not_adopt_what_is_not_visible_yet_but_looks_again() {
        aws.simulator().ec2().imageNotFoundFor(Duration.ofHours(1));
        creation.create(aws.request());

        assertThatThrownBy(() -> creation.create(aws.request()))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage()).contains("it is looked up again");
                });
    }

    @Test
    void refuses_the_name_of_an_image_of_another_bake() {
        String other = aws.owns(Map.of("ami-bakery:bake", "bake/other/us-east-1"));

        assertNameTakenBy(other);
    }

    @Test
    void refuses_the_name_of_an_image_of_an_earlier_run_of_the_same_family() {
        Map<String, String> tags = new LinkedHashMap<>(StoppedBuilder.TAGS);
        tags.put("ami-bakery:run", "run-0");

        assertNameTakenBy(aws.owns(tags));
    }

    @Test
    void makes_anew_what_the_bakes_earlier_builder_left_unfinished_before_a_reset() {
        String unfinished = creation.create(aws.request()).value();
        CreateImage afterReset = aws.requestOfAnotherBuilder();
        assertThatThrownBy(() -> creation.create(afterReset))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage()).contains(unfinished, "was removed and is made anew");
                });

        ImageId made = creation.create(afterReset);

        assertThat(made.value()).isNotEqualTo(unfinished);
        assertThat(aws.simulator().ledger().imagesDeleted())
                .extracting(LedgerEntry::id)
                .containsExactly(unfinished);
    }

    @Test
    void leaves_a_good_image_of_the_bakes_earlier_builder_alone_and_says_so() {
        String good = creation.create(aws.request()).value();
        aws.ec2().createTags(tags -> tags.resources(good)
                .tags(Tag.builder().key("ami-bakery:state").value("good").build()));

        assertThatThrownBy(() -> creation.create(aws.requestOfAnotherBuilder()))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(ImageCreation.NAME_TAKEN);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains(good, "before it was reset", "Bake again");
                });
        assertThat(aws.simulator().ledger().imagesDeleted()).isEmpty();
    }

    @Test
    void adopts_its_image_though_the_builder_is_terminated_by_now() {
        ImageId made = creation.create(aws.request());
        aws.terminate();

        assertThat(creation.create(aws.request())).isEqualTo(made);
    }

    @Test
    void does_not_wait_for_a_dead_builder() {
        aws.terminate();

        assertThatThrownBy(() -> creation.create(aws.request()))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(InstanceDeath.BUILDER_GONE);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("before it was reset");
                });
    }

    @Test
    void waits_for_the_builder_to_stop() {
        aws.simulator()
                .faults()
                .on("CreateImage")
                .beforeCommit(FaultEffect.error(
                        SimulatorError.refused("InvalidParameterValue", "Instance is not in state 'stopped'")));
        CreateImage request = aws.request();

        assertThatThrownBy(() -> creation.create(request))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    private void assertNameTakenBy(String other) {
        assertThatThrownBy(() -> creation.create(aws.request()))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(ImageCreation.NAME_TAKEN);
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage())
                            .contains(StoppedBuilder.NAME, other, "deregister that image");
                });
    }
}
