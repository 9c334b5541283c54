package org.amibakery.acceptance.faults;

import static org.amibakery.acceptance.faults.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeStep;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What the world can do to a launch; the recipe names three instance types to try in each subnet. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_METHOD)
class LaunchFaultsTest {
    private static final String[] TYPES = {"t3.medium", "t3a.medium", "m5.large"};

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("world of launches");

    private final TroubledBakery bakery = TroubledBakery.open();

    @AfterEach
    void countAndClose() {
        FIGURES.count(bakery.ledger());
        bakery.close();
    }

    @ParameterizedTest(name = "a bake without capacity for the first types, {0} of them, launches from the next")
    @ValueSource(ints = {1, 2})
    void a_bake_launches_from_the_first_type_that_has_capacity(int exhaustedTypes) {
        for (int type = 0; type < exhaustedTypes; type++) {
            bakery.ec2().hasNoCapacityFor(TYPES[type]);
        }

        bakery.bake().isComplete();

        int refusals = exhaustedTypes * bakery.ec2().subnetIds().size();
        assertThat(bakery.simulator().calls().count("RunInstances")).isEqualTo(refusals + 1);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_that_finds_capacity_nowhere_says_so() {
        for (String type : TYPES) {
            bakery.ec2().hasNoCapacityFor(type);
        }

        bakery.bake().isFailure(BakeStep.LAUNCH_BUILDER, "InsufficientInstanceCapacity");

        Promise.isKeptBy(bakery).withBuildersLaunched(0).withImagesMade(0);
    }

    @Test
    void a_bake_whose_builder_dies_after_its_launch_was_answered_launches_another() {
        try (TroubledBakery slow = TroubledBakery.whereBuildersBootSlowly()) {
            slow.ec2().instanceDiesInPending("Server.InternalError");

            slow.bake().isComplete();

            Promise.isKeptBy(slow)
                    .withOneBuilderAtATime()
                    .withBuildersLaunched(2)
                    .withImagesMade(1);
        }
    }

    @Test
    void a_bake_whose_builder_dies_of_EC2s_own_doing_launches_another() {
        bakery.ec2().instanceDiesInPending("Server.InternalError");

        bakery.bake().isComplete();

        Promise.isKeptBy(bakery).withOneBuilderAtATime().withBuildersLaunched(2).withImagesMade(1);
    }

    @Test
    void a_bake_whose_builders_die_twice_gives_up() {
        bakery.ec2().instanceDiesInPending("Server.InternalError");
        bakery.ec2().instanceDiesInPending("Server.InternalError");

        bakery.bake().isFailure(BakeStep.LAUNCH_BUILDER, "Server.InternalError");

        Promise.isKeptBy(bakery).withOneBuilderAtATime().withBuildersLaunched(2).withImagesMade(0);
    }

    @Test
    void a_bake_whose_builder_may_not_use_its_key_names_the_key() {
        bakery.ec2().instanceDiesInPending("Client.InternalError");

        bakery.bake().isFailure(BakeStep.LAUNCH_BUILDER, "KMS key");

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @Test
    void a_bake_waits_for_a_builder_that_is_not_found_for_four_minutes() {
        bakery.ec2().instanceNotFoundFor(Duration.ofMinutes(4));

        bakery.bake().isComplete();

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_that_lost_its_launch_waits_for_the_builder_though_it_is_not_found() {
        bakery.ec2().instanceNotFoundFor(Duration.ofMinutes(2));
        Fault lost = bakery.faults().on("RunInstances").atFirstCalls(4).afterCommit(FaultEffect.close());

        bakery.bake().isComplete();

        assertThat(lost.timesFired()).isEqualTo(4);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_that_may_no_longer_launch_ends_the_builder_whose_launch_it_lost() {
        Fault lost = bakery.faults().on("RunInstances").atCall(1).afterCommit(FaultEffect.close());
        Fault denied = bakery.faults().on("RunInstances").atCall(2).beforeCommit(refused("UnauthorizedOperation"));

        bakery.bake().isFailure(BakeStep.LAUNCH_BUILDER, "UnauthorizedOperation");

        assertThat(lost.timesFired()).isEqualTo(1);
        assertThat(denied.timesFired()).isEqualTo(1);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @Test
    void a_bake_waits_for_its_instance_profile() {
        bakery.ec2().createsInstanceProfile("ami-bakery-builder", Duration.ofMinutes(5));

        bakery.bake().isComplete();

        assertThat(bakery.simulator().calls().of("RunInstances"))
                .anyMatch(call -> call.errorCode().isPresent());
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_whose_foundation_image_is_withdrawn_before_the_launch_finds_another() {
        AtomicReference<String> withdrawn = new AtomicReference<>("none");
        Fault withdrawal = bakery.faults()
                .on("RunInstances")
                .matching(RunInstancesRequest.class, launch -> withdrawn.compareAndSet("none", launch.imageId()))
                .beforeCommit(FaultEffect.run(() -> bakery.ec2().withdrawsImage(withdrawn.get())));

        BakeEnd end = bakery.bake();

        end.isComplete();
        assertThat(withdrawal.timesFired()).isEqualTo(1);
        assertThat(end.report().foundationImage())
                .hasValueSatisfying(found -> assertThat(found.value()).isNotEqualTo(withdrawn.get()));
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }
}
