package org.amibakery.acceptance.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.acceptance.permissions.IamEvaluation.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stands next to what is allowed is denied: the same calls with another stack's tag, another document, another bucket,
 * and calls that nobody of an installation has any business with.
 */
class NeighborsTest {
    private static FullRun.Evidence run;
    private static Neighbors neighbors;
    private static IamEvaluation iam;

    @BeforeAll
    static void everything_runs() {
        run = FullRun.evidence();
        neighbors = new Neighbors(run);
        iam = IamEvaluation.require(run.world().stack());
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "CLEAN_UP_IMAGES", "CLEAN_UP_ORPHANS"})
    void what_another_stack_or_nobody_made_is_not_touched(Principal principal) {
        assertDenied(neighbors.ofAnotherStack(principal));
    }

    @Test
    void nothing_is_made_in_the_name_of_another_stack_or_of_none() {
        assertDenied(neighbors.inAnotherName(Principal.WORKER));
    }

    @Test
    void an_own_image_is_not_given_to_another_stack() {
        assertDenied(neighbors.givenAway(Principal.WORKER));
    }

    @Test
    void what_is_there_already_is_not_tagged_as_ones_own() {
        assertDenied(neighbors.tagged(Principal.WORKER));
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "CLEAN_UP_ORPHANS"})
    void nothing_of_another_account_is_touched(Principal principal) {
        assertDenied(neighbors.ofAnotherAccount(principal));
    }

    @Test
    void nothing_is_launched_commanded_or_called_in_another_region() {
        assertDenied(neighbors.inAnotherRegion(Principal.WORKER));
    }

    @Test
    void the_builders_role_is_given_to_nothing_but_instances() {
        assertDenied(neighbors.handedOn(Principal.WORKER));
    }

    @Test
    void of_an_own_image_only_the_expiry_is_untagged() {
        assertDenied(neighbors.untagged(Principal.WORKER));
    }

    @Test
    void of_an_own_image_the_clean_up_only_tells_since_when_it_is_disabled() {
        assertDenied(neighbors.dated(Principal.CLEAN_UP_IMAGES));
        assertDenied(neighbors.givenAway(Principal.CLEAN_UP_IMAGES));
    }

    @Test
    void no_snapshot_is_shared_with_everybody() {
        assertDenied(neighbors.madePublic(Principal.WORKER));
    }

    @Test
    void what_is_nobodys_business_is_denied_even_on_what_carries_the_stacks_tag() {
        assertThat(neighbors.never()).hasSizeGreaterThan(50);
        assertDenied(neighbors.never());
    }

    @Test
    void nothing_that_differs_from_a_builder_is_launched() {
        assertDenied(LaunchNeighbors.of(run.world()).values().stream()
                .map(need -> Question.of(Principal.WORKER, need))
                .toList());
    }

    @Test
    void public_addresses_are_given_where_the_installation_says_so() {
        IamEvaluation opened = IamEvaluation.require(Stack.with(Map.of("PublicIp", "true")));
        Need withAddress = LaunchNeighbors.of(run.world()).get("with a public address");

        assertThat(opened.evaluate(List.of(Question.of(Principal.WORKER, withAddress))))
                .allMatch(Verdict::isAllowed);
    }

    @Test
    void nobody_comes_to_the_bucket_but_by_recent_tls() {
        Stack stack = run.world().stack();
        Need read = Need.of("s3:GetObject", stack.arn("Bucket") + "/playbooks/base.zip");
        Need write = Need.of("s3:PutObject", stack.arn("Bucket") + "/ami-bakery/commands/x");
        Optional<JsonNode> policy = Optional.of(stack.properties("BucketPolicy").get("PolicyDocument"));
        List<Verdict> verdicts = iam.evaluate(Stream.of(
                        read.with("aws:SecureTransport", "true").with("s3:TlsVersion", "1.3"),
                        read.with("aws:SecureTransport", "false"),
                        read.with("aws:SecureTransport", "true").with("s3:TlsVersion", "1.1"))
                .map(need -> new Question(Principal.WORKER, need, policy))
                .toList());
        List<Verdict> builders = iam.evaluate(List.of(
                new Question(Principal.BUILDER, write.with("aws:SecureTransport", "true"), policy),
                new Question(Principal.BUILDER, write.with("aws:SecureTransport", "false"), policy)));

        assertThat(verdicts)
                .extracting(Verdict::answer)
                .containsExactly("Allowed", "ExplicitlyDenied", "ExplicitlyDenied");
        assertThat(builders).extracting(Verdict::answer).containsExactly("Allowed", "ExplicitlyDenied");
    }

    /** Denied by the stack's policies, and by nothing else. */
    private static void assertDenied(List<Question> questions) {
        assertThat(questions).isNotEmpty();
        assertThat(iam.evaluate(questions)).allMatch(Verdict::isDenied);
        assertThat(iam.withoutLimits().evaluate(questions)).allMatch(Verdict::isAllowed);
    }
}
