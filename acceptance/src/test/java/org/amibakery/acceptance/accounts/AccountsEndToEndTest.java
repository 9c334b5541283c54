package org.amibakery.acceptance.accounts;

import static org.amibakery.acceptance.accounts.TwoAccounts.AWAY;
import static org.amibakery.acceptance.accounts.TwoAccounts.HOME;
import static org.amibakery.acceptance.accounts.TwoAccounts.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.world.LedgerEntry;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

class AccountsEndToEndTest {
    private static final Region AWAY_IN_HOME_REGION = new Region(HOME.name(), Optional.of(OTHER));

    @Test
    void one_worker_bakes_in_two_accounts_and_two_regions_at_once_each_in_sessions_of_its_bakes() {
        try (TwoAccounts accounts = TwoAccounts.open().install(AWAY).install(AWAY_IN_HOME_REGION)) {
            Map<String, Region> families = Map.of("at-home", HOME, "abroad", AWAY, "next-door", AWAY_IN_HOME_REGION);

            List<WorkflowStub> bakes = families.entrySet().stream()
                    .map(family -> accounts.start(family.getKey(), family.getValue()))
                    .toList();

            assertThat(bakes).allSatisfy(bake -> assertThat(bake.getResult(BakeReport.class))
                    .satisfies(report -> assertThat(report.state()).isEqualTo(BakeState.COMPLETED))
                    .satisfies(report -> assertThat(report.warnings()).isEmpty()));
            families.forEach((family, place) -> assertThat(images(accounts, place))
                    .as("images of %s", place)
                    .singleElement()
                    .satisfies(image -> assertThat(image.name()).startsWith(family)));
            assertThat(accounts.simulator().ledger().leaked()).isEmpty();
            assertThat(accounts.simulator().ledger().buildersEverLaunched())
                    .extracting(LedgerEntry::place)
                    .containsExactlyInAnyOrderElementsOf(
                            families.values().stream().map(accounts::simulated).toList());
            assertThat(sessions(accounts))
                    .contains("bake.abroad.eu-west-1", "bake.next-door.us-east-1", "ami-bakery")
                    .doesNotContain("bake.at-home.us-east-1");
        }
    }

    @Test
    void a_role_that_may_not_be_assumed_fails_the_bake_before_anything_is_created() {
        try (TwoAccounts accounts = TwoAccounts.withWrongExternalId().install(AWAY)) {
            WorkflowStub bake = accounts.start("abroad", AWAY);

            assertThatThrownBy(() -> bake.getResult(BakeReport.class))
                    .rootCause()
                    .hasMessageContainingAll("arn:aws:iam::222233334444:role/ami-bakery-worker", "Nothing was created")
                    .hasMessageContainingAll("external id", "trust policy");
            assertThat(accounts.simulator().ledger().buildersEverLaunched()).isEmpty();
        }
    }

    @Test
    void an_account_without_the_stack_fails_the_bake_before_anything_is_created() {
        try (TwoAccounts accounts = TwoAccounts.open()) {
            WorkflowStub bake = accounts.start("abroad", AWAY);

            assertThatThrownBy(() -> bake.getResult(BakeReport.class))
                    .rootCause()
                    .hasMessageContainingAll(
                            "/ami-bakery/ami-bakery/config", "eu-west-1@222233334444", "Nothing was created");
            assertThat(accounts.simulator().ledger().buildersEverLaunched()).isEmpty();
        }
    }

    @Test
    void the_reaper_removes_what_a_terminated_bake_left_in_another_account() {
        try (TwoAccounts accounts = TwoAccounts.open().install(AWAY)) {
            WorkflowStub bake = accounts.startAndWaitForBuilder("abroad", AWAY);
            bake.terminate("a person's mistake");

            WorkflowStub reaper =
                    accounts.client().newUntypedWorkflowStub("ReaperWorkflow", TwoAccounts.options("reaper/by-hand"));
            reaper.start(ReaperRequest.removal("ami-bakery").settling(Duration.ofSeconds(1)));
            ReaperReport report = reaper.getResult(ReaperReport.class);

            assertThat(report.regions()).contains(HOME, AWAY);
            assertThat(accounts.simulator().ledger().leaked()).isEmpty();
        }
    }

    private static List<Image> images(TwoAccounts accounts, Region place) {
        return accounts
                .setup()
                .ec2(place)
                .describeImages(ask -> ask.owners("self").includeDeprecated(true))
                .images()
                .stream()
                .filter(image -> image.tags()
                        .contains(Tag.builder()
                                .key("ami-bakery:state")
                                .value("good")
                                .build()))
                .toList();
    }

    private static List<String> sessions(TwoAccounts accounts) {
        return accounts.simulator().calls().all().stream()
                .filter(call -> call.operation().equals("AssumeRole"))
                .flatMap(call -> call.request().stream())
                .flatMap(request -> Stream.of(request)
                        .filter(AssumeRoleRequest.class::isInstance)
                        .map(AssumeRoleRequest.class::cast))
                .map(AssumeRoleRequest::roleSessionName)
                .toList();
    }
}
