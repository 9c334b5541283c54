package org.amibakery.acceptance.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.amibakery.acceptance.infrastructure.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every policy of the template, whatever it allows. */
class PolicyRulesTest {
    /** IAM quotas, without white space: of a managed policy, and of all the policies that a role has of its own. */
    private static final int MOST_OF_MANAGED = 6_144;

    private static final int MOST_OF_OWN = 10_240;

    /** Calls of which AWS knows no resources: looks, and the agent's messages. */
    private static final Pattern KNOWS_NO_RESOURCES = Pattern.compile(
            "ec2:Describe\\w+|ssm:(Describe|List)\\w+|ssm:GetCommandInvocation|ssmmessages:\\w+|ec2messages:\\w+");

    private final Stack stack = Stack.standard();

    @ParameterizedTest
    @EnumSource
    void no_action_is_a_pattern_and_nothing_is_meant_by_exclusion(Principal principal) {
        assertThat(principal.statements(stack)).isNotEmpty().allSatisfy(statement -> {
            assertThat(Stack.actions(statement)).isNotEmpty().noneMatch(action -> action.contains("*"));
            assertThat(statement.has("NotAction") || statement.has("NotResource"))
                    .isFalse();
            assertThat(statement.path("Sid").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource
    void only_what_knows_no_resources_is_allowed_on_all_of_them(Principal principal) {
        List<JsonNode> unlimited = principal.statements(stack).stream()
                .filter(statement -> statement.get("Effect").asText().equals("Allow"))
                .filter(statement -> statement.get("Resource").asText().equals("*") && !statement.has("Condition"))
                .toList();

        assertThat(unlimited).allSatisfy(statement -> assertThat(Stack.actions(statement))
                .allMatch(action -> KNOWS_NO_RESOURCES.matcher(action).matches()));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_of_iam_is_allowed_but_to_pass_the_builders_role(Principal principal) {
        assertThat(principal.statements(stack).stream()
                        .flatMap(statement -> Stack.actions(statement).stream())
                        .filter(action -> action.startsWith("iam:") || action.startsWith("sts:")))
                .isSubsetOf("iam:PassRole");
    }

    @Test
    void no_role_has_a_policy_of_aws() {
        assertThat(Stack.with(Map.of("WorkerRunsOn", "EC2"))
                        .ofType("AWS::IAM::Role")
                        .values())
                .flatExtracting(role -> Stack.texts(role.path("ManagedPolicyArns")))
                .noneMatch(arn -> arn.contains(":aws:policy/"));
    }

    @Test
    void every_policy_has_room_for_the_longest_name_and_then_some() {
        Map<String, String> generous = Map.of(
                "Subnets", "subnet-0a1b2c3d4e5f67890",
                "OtherPlaybooks",
                        String.join(",", Collections.nCopies(5, "arn:aws:s3:::a-bucket-of-somebody/playbooks/*")),
                "TestDocuments",
                        String.join(
                                ",",
                                Collections.nCopies(
                                        5, "arn:aws:ssm:us-east-1:123456789012:document/a-test-of-images")));
        Stack longest = Stack.named("a".repeat(42), generous);

        for (String policy : List.of("WorkerLaunchPolicy", "WorkerCommandPolicy")) {
            assertThat(size(longest.policies(policy).get(0))).as(policy).isLessThan(MOST_OF_MANAGED);
        }
        assertThat(longest.ofType("AWS::IAM::Role").keySet())
                .allSatisfy(role -> assertThat(longest.policies(role).stream()
                                .mapToInt(PolicyRulesTest::size)
                                .sum())
                        .isLessThan(MOST_OF_OWN));
    }

    private static int size(JsonNode policy) {
        return policy.toString().length(); // without white space outside of texts, as IAM counts
    }
}
