package org.amibakery.foundation.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.function.Functions;
import org.amibakery.function.InProcessFunctions;
import org.amibakery.function.LambdaFunctions;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.foundation.FoundationImageAnswer;
import org.amibakery.recipe.Architecture;
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;

class AwsFoundationActivitiesTest {
    private static final Region REGION = new Region("us-east-1");
    private static final String CANONICAL = "099720109477";
    private static final String PATTERN = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*";

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final AwsFoundationActivities foundations = new AwsFoundationActivities(
            new Functions(new LambdaFunctions(clients), new InProcessFunctions(clients::ec2, Clock.systemUTC())),
            clients);

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void finds_the_vendors_newest_image_in_process() {
        FoundationImage found = foundations.find(of(CANONICAL, Optional.empty()));

        assertThat(found.ownerId()).isEqualTo(CANONICAL);
        assertThat(found.architecture()).isEqualTo(Architecture.X86_64);
        assertThat(found.rootVolumeGibibytes()).isPositive();
        assertThat(found.name()).startsWith("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-");
    }

    @Test
    void does_not_believe_a_function_that_answers_with_a_strangers_image() {
        Image stranger = clients.ec2(REGION).describeImages(request -> {}).images().stream()
                .filter(image ->
                        image.name().startsWith("ubuntu/") && !image.ownerId().equals(CANONICAL))
                .filter(image -> image.architectureAsString().equals("x86_64")) // so its owner alone tells it apart
                .findFirst()
                .orElseThrow();
        simulator.function("find", request -> answer(stranger.imageId()));

        assertThatThrownBy(() -> foundations.find(of(CANONICAL, Optional.of("find"))))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("ForeignFoundationImage");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains(stranger.imageId(), CANONICAL);
                });
    }

    @Test
    void looks_for_another_image_when_the_answered_one_is_not_available() {
        Image pending = clients.ec2(REGION).describeImages(request -> request.owners(CANONICAL)).images().stream()
                .filter(image -> image.stateAsString().equals("pending"))
                .filter(image -> image.architectureAsString().equals("x86_64"))
                .findFirst()
                .orElseThrow();
        simulator.function("find", request -> answer(pending.imageId()));

        assertThatThrownBy(() -> foundations.find(of(CANONICAL, Optional.of("find"))))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("FoundationImageUnavailable");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    @Test
    void fails_for_good_when_there_is_none() {
        assertThatThrownBy(() -> foundations.find(of("111111111111", Optional.empty())))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("NoFoundationImage");
                    assertThat(failure.isNonRetryable()).isTrue();
                });
    }

    private static byte[] answer(String imageId) {
        return FunctionJson.write(new FoundationImageAnswer(
                imageId, "name", CANONICAL, Optional.empty(), "x86_64", Instant.EPOCH, "/dev/sda1", 8, false));
    }

    private static FindFoundationImage of(String owner, Optional<String> function) {
        Foundation foundation = new Foundation(PATTERN, List.of(owner), Architecture.X86_64, false);
        return new FindFoundationImage(REGION, foundation, function);
    }
}
