package org.amibakery.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.bake.BakeStep;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What the world can do to a builder's agent and to its commands. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_METHOD)
class BuilderFaultsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("world of builders");

    private final TroubledBakery bakery = TroubledBakery.open();

    @AfterEach
    void countAndClose() {
        FIGURES.count(bakery.ledger());
        bakery.close();
    }

    @Test
    void a_bake_waits_for_an_agent_that_comes_late() {
        bakery.ssm().agentComesLate(Duration.ofMinutes(2));

        bakery.bake().isComplete();

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_whose_agent_is_online_but_dead_ends_its_builder() {
        bakery.ssm().nextAgentIsOnlineButDead();

        bakery.bake().isFailure(BakeStep.VERIFY_AGENT, "never reached the builder");

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @ParameterizedTest(name = "a bake whose {0} exits with 3 stops at {1}, says what was written and leaves nothing")
    @CsvSource({
        "verify-agent, VERIFY_AGENT",
        "update-packages, UPDATE_PACKAGES",
        "install-packages, INSTALL_PACKAGES",
        "run-playbook, RUN_PLAYBOOKS",
        "scrub, CREATE_IMAGE"
    })
    void stops_where_a_command_fails(String document, BakeStep step) {
        bakery.ssm().nextCommandOf(document).failsWith(3, "", "no space left on device");

        BakeEnd end = bakery.bake();

        end.isFailure(step, "exit code 3");
        end.isFailure(step, "no space left on device");
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @ParameterizedTest(name = "a bake whose command ends as {0} sends it again")
    @CsvSource({"Undeliverable", "DeliveryTimedOut"})
    void sends_a_command_again_that_never_reached_the_builder(String status) {
        bakery.ssm().nextCommandOf("update-packages").endsWithStatus(status);

        bakery.bake().isComplete();

        assertThat(bakery.simulator().calls().count("SendCommand")).isEqualTo(6);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @ParameterizedTest(name = "a bake whose command ends as {0} stops, since {1}")
    @CsvSource({
        "AccessDenied, the worker's role may not run the document",
        "Cancelled, somebody canceled it in SSM",
        "Terminated, SSM ended it because of errors elsewhere",
        "InvalidPlatform, its document does not fit the builder's system",
        "NeverHeardOfIt, SSM reported a status that this release does not know"
    })
    void stops_at_a_command_that_ended_otherwise(String status, String reason) {
        bakery.ssm().nextCommandOf("update-packages").endsWithStatus(status);

        bakery.bake().isFailure(BakeStep.UPDATE_PACKAGES, reason);

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(0);
    }

    @Test
    void a_bake_goes_on_after_a_reboot() {
        bakery.ssm().nextCommandOf("update-packages").asksForReboot();

        bakery.bake().isComplete();

        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    @Test
    void a_bake_stops_at_a_command_that_an_agent_update_swallowed() {
        try (TroubledBakery hasty = TroubledBakery.whereLimitsPass(1000)) { // the document allows 90 minutes
            hasty.ssm().nextCommandOf("update-packages").isSwallowedByAnAgentUpdate();

            BakeEnd end = hasty.bake();

            end.isFailure(BakeStep.UPDATE_PACKAGES, "ran longer than its document allows and was ended");
            end.isFailure(BakeStep.UPDATE_PACKAGES, "It wrote nothing");
            assertThat(end.report().leaked()).isEmpty();
            Promise.isKeptBy(hasty).withBuildersLaunched(1).withImagesMade(0);
        }
    }

    @Test
    void a_bake_reads_the_end_of_an_output_that_is_longer_than_24000_characters() {
        bakery.ssm().nextCommandOf("install-packages").printsMoreThan24000Characters();

        BakeEnd end = bakery.bake();

        end.isComplete();
        assertThat(end.step(BakeStep.INSTALL_PACKAGES).detail()).startsWith("changed=");
        assertThat(outputsOnS3())
                .filteredOn(output -> output.length() > 24_000)
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("filler line of output\n")
                .contains("\nAMI-BAKERY changed=");
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    private List<String> outputsOnS3() {
        S3Client s3 = bakery.aws().s3(bakery.installation().region());
        String bucket = bakery.installation().outputBucket().orElseThrow();
        return s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .filter(object -> object.key().endsWith("stdout"))
                .map(object -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()))
                        .asUtf8String())
                .toList();
    }
}
