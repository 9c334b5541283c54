package org.amibakery.acceptance.faults;

import static org.amibakery.acceptance.faults.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeStep;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.world.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;

/** What the world can do to an image, and to the end of its builder. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_METHOD)
class ImageFaultsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("world of images");

    private final TroubledBakery bakery = TroubledBakery.open();

    @AfterEach
    void countAndClose() {
        FIGURES.count(bakery.ledger());
        bakery.close();
    }

    @Test
    void a_bake_whose_image_fails_removes_it() {
        bakery.ec2().imageFails("Server.InternalError");

        bakery.bake().isFailure(BakeStep.CREATE_IMAGE, "Server.InternalError");

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_whose_image_name_is_taken_leaves_the_other_image_alone() {
        AtomicReference<String> stranger = new AtomicReference<>("none");
        AtomicReference<String> name = new AtomicReference<>("none");
        Fault taken = bakery.faults()
                .on("CreateImage")
                .matching(CreateImageRequest.class, call -> name.compareAndSet("none", call.name()))
                .beforeCommit(FaultEffect.run(() -> stranger.set(
                        bakery.ec2().ownsImage(name.get(), Instant.now(), Map.of("team", "of somebody else")))));

        BakeEnd end = bakery.bake();

        end.isFailure(BakeStep.CREATE_IMAGE, "is taken by " + stranger.get());
        assertThat(end.report().leaked()).isEmpty();
        assertThat(taken.timesFired()).isEqualTo(1);
        assertThat(bakery.ledger().imagesDeleted()).extracting(LedgerEntry::id).doesNotContain(stranger.get());
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @Test
    void a_bake_that_lost_its_image_adopts_it_though_it_is_not_found() {
        bakery.ec2().imageNotFoundFor(Duration.ofMinutes(1));
        Fault lost = bakery.faults().on("CreateImage").atFirstCalls(3).afterCommit(FaultEffect.close());

        bakery.bake().isComplete();

        assertThat(lost.timesFired()).isEqualTo(3);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_that_may_no_longer_make_images_removes_the_one_whose_reply_it_lost() {
        Fault lost = bakery.faults().on("CreateImage").atCall(1).afterCommit(FaultEffect.close());
        Fault denied = bakery.faults().on("CreateImage").atCall(2).beforeCommit(refused("UnauthorizedOperation"));

        bakery.bake().isFailure(BakeStep.CREATE_IMAGE, "UnauthorizedOperation");

        assertThat(lost.timesFired()).isEqualTo(1);
        assertThat(denied.timesFired()).isEqualTo(1);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_waits_for_an_image_that_is_not_found_for_four_minutes() {
        bakery.ec2().imageNotFoundFor(Duration.ofMinutes(4));

        bakery.bake().isComplete();

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_waits_for_tags_that_stay_invisible_for_two_minutes() {
        bakery.ec2().tagsStayInvisibleFor(Duration.ofMinutes(2));

        bakery.bake().isComplete();

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_goes_on_ending_its_builder_when_it_is_denied() {
        Fault denied =
                bakery.faults().on("TerminateInstances").atFirstCalls(2).beforeCommit(refused("UnauthorizedOperation"));

        bakery.bake().isComplete();

        assertThat(denied.timesFired()).isEqualTo(2);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_does_not_take_not_found_for_the_end_of_its_builder() {
        Fault unseen = bakery.faults()
                .on("TerminateInstances")
                .atFirstCalls(3)
                .beforeCommit(refused("InvalidInstanceID.NotFound"));

        bakery.bake().isComplete();

        assertThat(unseen.timesFired()).isEqualTo(3);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }
}
