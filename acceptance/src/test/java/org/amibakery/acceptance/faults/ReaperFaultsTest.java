package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakeStep;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ResourceKind;
import org.amibakery.reaper.Verdict;
import org.amibakery.recipe.Region;
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
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the reaper does about bakes that were terminated, of which nobody else takes care. */
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(Lifecycle.PER_METHOD)
class ReaperFaultsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("reaper after a termination");

    private final TroubledBakery bakery = TroubledBakery.open();

    @AfterEach
    void close() {
        bakery.close();
    }

    @Test
    void removes_the_builder_of_a_terminated_bake() {
        StartedBake bake = waitingForItsAgent(TroubledBakery.FAMILY);
        bake.terminate();
        assertThat(bakery.ledger().leaked()).isNotEmpty(); // or there is nothing to remove

        ReaperReport report = bakery.reap();

        FIGURES.count(bakery.ledger());
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
        assertThat(report.failed()).isEmpty();
        assertThat(report.removed()).singleElement().satisfies(removed -> {
            assertThat(removed.resource().kind()).isEqualTo(ResourceKind.INSTANCE);
            assertThat(removed.reason())
                    .isEqualTo("was left by bake/amazon-linux-2023-base/us-east-1, which has ended");
        });
    }

    @Test
    void removes_builder_and_image_of_a_bake_terminated_while_its_image_is_made() {
        bakery.ec2().imageStaysPending();
        StartedBake bake = bakery.start(TroubledBakery.FAMILY);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !bakery.ledger().imagesEverCreated().isEmpty());
        bake.terminate();

        ReaperReport report = bakery.reap();

        FIGURES.count(bakery.ledger());
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
        assertThat(report.failed()).isEmpty();
        assertThat(report.removed())
                .extracting(removed -> removed.resource().kind())
                .contains(ResourceKind.INSTANCE, ResourceKind.IMAGE);
    }

    @Test
    void spares_an_image_that_becomes_good_between_the_two_looks() {
        bakery.ec2().imageStaysPending();
        StartedBake bake = bakery.start(TroubledBakery.FAMILY);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !bakery.ledger().imagesEverCreated().isEmpty());
        bake.terminate();
        LedgerEntry image = bakery.ledger().imagesEverCreated().get(0);
        Fault afterTheFirstLook = bakery.faults()
                .on("DescribeSnapshots")
                .inRegion("us-east-1")
                .atCall(1)
                .afterCommit(FaultEffect.run(() -> becomesGood(image)));

        ReaperReport report = bakery.reap();

        assertThat(afterTheFirstLook.timesFired()).isEqualTo(1);
        assertThat(report.orphans())
                .extracting(orphan -> orphan.resource().id())
                .contains(image.id());
        assertThat(report.removed())
                .extracting(removed -> removed.resource().kind())
                .contains(ResourceKind.INSTANCE)
                .doesNotContain(ResourceKind.IMAGE);
        assertThat(report.kept()).extracting(Verdict::reason).contains("is tagged good, so retention decides about it");
        assertThat(bakery.ledger().imagesDeleted()).extracting(LedgerEntry::id).doesNotContain(image.id());
    }

    @Test
    void leaves_the_builder_of_a_living_bake_alone() {
        StartedBake living = waitingForItsAgent("living");
        StartedBake dead = waitingForItsAgent("dead");
        dead.terminate();

        ReaperReport report = bakery.reap();

        living.end().isComplete();
        FIGURES.count(bakery.ledger());
        Promise.isKeptBy(bakery).withBuildersLaunched(2).withImagesMade(1);
        assertThat(report.removed()).extracting(Verdict::bake).containsExactly("bake/dead/us-east-1");
        assertThat(report.kept()).extracting(Verdict::reason).contains("belongs to bake/living/us-east-1, which runs");
    }

    @Test
    void has_nothing_to_do_after_a_bake_that_went_well() {
        bakery.bake().isComplete();

        ReaperReport report = bakery.reap();

        FIGURES.count(bakery.ledger());
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
        assertThat(report.orphans()).isEmpty();
        assertThat(report.secondLook()).isEmpty();
    }

    private void becomesGood(LedgerEntry image) {
        try (AwsClients clients = SimulatedInstallation.clients(bakery.simulator())) {
            clients.ec2(new Region("us-east-1")).createTags(it -> it.resources(image.id())
                    .tags(Tag.builder().key("ami-bakery:state").value("good").build()));
        }
    }

    private StartedBake waitingForItsAgent(String family) {
        bakery.ssm().agentComesLate(Duration.ofMinutes(4)); // twelve seconds of this simulator
        StartedBake bake = bakery.start(family);
        await().atMost(Duration.ofSeconds(60)).until(() -> bake.progress()
                .steps()
                .get(BakeStep.VERIFY_AGENT.number() - 1)
                .startedAt()
                .isPresent());
        assertThat(bakery.ledger().buildersEverLaunched())
                .extracting(LedgerEntry::gone)
                .contains(false);
        return bake;
    }
}
