package org.amibakery.image.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.amibakery.image.AvailableImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Image;

class Ec2ImageAvailabilityTest {
    private static final ImageId ID = new ImageId("ami-1");

    private final StoppedBuilder aws = new StoppedBuilder();
    private final Ec2ImageAvailability watch = new Ec2ImageAvailability(aws.ec2(), StoppedBuilder.REGION);

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "pending, not yet",
        "transient, not yet",
        "available, arrived",
        "failed, ImageFailed",
        "error, ImageFailed",
        "invalid, ImageFailed",
        "deregistered, ImageFailed",
        "disabled, ImageFailed",
        "never-heard-of-it, ImageFailed"
    })
    void reads_every_state(String state, String expected) {
        Image image = Image.builder().imageId("ami-1").state(state).build();

        assertThat(outcome(watch.read(unseenFor(Duration.ZERO), Optional.of(image))))
                .isEqualTo(expected);
    }

    @Test
    void tells_ec2s_own_reason_for_a_failed_image() {
        Image image = Image.builder()
                .imageId("ami-1")
                .state("failed")
                .stateReason(reason -> reason.code("Client.InstanceTerminated").message("the instance is gone"))
                .build();

        String message = watch.read(unseenFor(Duration.ZERO), Optional.of(image))
                .fold(state -> state, result -> "arrived", ApplicationFailure::getOriginalMessage);

        assertThat(message).contains("ami-1 is failed (Client.InstanceTerminated: the instance is gone)");
    }

    @Test
    void tolerates_an_invisible_image_for_five_minutes() {
        assertThat(outcome(watch.read(unseenFor(Duration.ofSeconds(299)), Optional.empty())))
                .isEqualTo("not yet");
        assertThat(outcome(watch.read(unseenFor(Duration.ofMinutes(5)), Optional.empty())))
                .isEqualTo("ImageFailed");
    }

    @Test
    void looks_at_an_image_beside_one_that_does_not_exist() {
        String id = new ImageCreation(aws.clients()).create(aws.request()).value();

        assertThat(watch.look(Set.of(id, "ami-0123456789abcdef0"))).containsOnlyKeys(id);
    }

    private static Waiting<ImageId> unseenFor(Duration time) {
        return new Waiting<>(ID, Instant.EPOCH, Instant.EPOCH.plus(time), false, time);
    }

    private static String outcome(Sighting<AvailableImage> sighting) {
        return sighting.fold(state -> "not yet", result -> "arrived", ApplicationFailure::getType);
    }
}
