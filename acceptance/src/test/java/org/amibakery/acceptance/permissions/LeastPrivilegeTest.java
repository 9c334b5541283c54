package org.amibakery.acceptance.permissions;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.acceptance.permissions.IamEvaluation.Asked;
import org.amibakery.acceptance.permissions.IamEvaluation.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is allowed that nobody needs, and every limit is there for something: without it, a neighbor would be allowed. */
class LeastPrivilegeTest {
    /** Their actions know nothing but images and snapshots, so that listing these is no limit, and only says so. */
    private static final Set<String> SAID_ONLY =
            Set.of("MakeTaggedImages", "CopyImagesOfThisAccount", "RetireAndDeleteWhatThisStackMade");

    private static FullRun.Evidence run;
    private static Stack stack;
    private static IamEvaluation iam;

    @BeforeAll
    static void everything_runs() {
        run = FullRun.evidence();
        stack = run.world().stack();
        iam = IamEvaluation.require(stack);
    }

    @ParameterizedTest
    @EnumSource
    void every_action_that_is_allowed_is_needed(Principal principal) {
        Set<String> needed = needed(principal).map(Need::action).collect(toSet());

        Set<String> superfluous = new TreeSet<>();
        principal.statements(stack).stream()
                .filter(statement -> statement.get("Effect").asText().equals("Allow"))
                .flatMap(statement -> Stack.actions(statement).stream())
                .filter(action -> !needed.contains(action))
                .forEach(action -> superfluous.add(principal + " " + action));

        assertThat(superfluous).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void every_condition_and_every_list_of_resources_keeps_a_neighbor_out(Principal principal) {
        Map<String, List<JsonNode>> weakened = new LinkedHashMap<>();
        List<Asked> asked = new ArrayList<>();
        List<Question> neighbors = new Neighbors(run).of(principal);
        for (Weakening weakening : weakenings(principal)) {
            weakened.put(weakening.name(), weakening.policies());
            neighbors.stream()
                    .filter(question ->
                            weakening.actions().contains(question.need().action()))
                    .forEach(question -> asked.add(new Asked(weakening.name(), question)));
        }

        List<Verdict> verdicts = iam.evaluate(weakened, asked);

        Set<String> noticed = new TreeSet<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i).isAllowed()) {
                noticed.add(asked.get(i).policies());
            }
        }
        assertThat(noticed).containsAll(weakened.keySet());
    }

    @Test
    void a_policy_without_a_limit_is_noticed() { // the control: it is the limits that make the difference
        assertThat(weakenings(Principal.WORKER)).hasSizeGreaterThan(30);
    }

    /** The policies of a principal with one limit less. */
    private record Weakening(String name, List<JsonNode> policies, List<String> actions) {}

    private static List<Weakening> weakenings(Principal principal) {
        List<Weakening> weakenings = new ArrayList<>();
        List<JsonNode> policies = principal.policies(stack);
        for (int policy = 0; policy < policies.size(); policy++) {
            JsonNode statements = policies.get(policy).get("Statement");
            for (int at = 0; at < statements.size(); at++) {
                weakenings.addAll(weakenings(policies, policy, at));
            }
        }
        return weakenings;
    }

    private static List<Weakening> weakenings(List<JsonNode> policies, int policy, int at) {
        JsonNode statement = policies.get(policy).get("Statement").get(at);
        List<String> actions = Stack.actions(statement);
        String sid = statement.get("Sid").asText();
        List<Weakening> weakenings = new ArrayList<>();
        if (statement.get("Effect").asText().equals("Deny")) {
            weakenings.add(new Weakening(sid + " gone", without(policies, policy, at), actions));
            return weakenings;
        }
        statement.path("Condition").properties().forEach(operator -> operator.getValue()
                .fieldNames()
                .forEachRemaining(key -> {
                    List<JsonNode> copy = copied(policies);
                    ((ObjectNode) copy.get(policy)
                                    .get("Statement")
                                    .get(at)
                                    .get("Condition")
                                    .get(operator.getKey()))
                            .remove(key);
                    weakenings.add(new Weakening(sid + " without " + operator.getKey() + " " + key, copy, actions));
                }));
        if (!statement.get("Resource").asText().equals("*") && !SAID_ONLY.contains(sid)) {
            List<JsonNode> copy = copied(policies);
            ((ObjectNode) copy.get(policy).get("Statement").get(at)).put("Resource", "*");
            weakenings.add(new Weakening(sid + " on everything", copy, actions));
        }
        return weakenings;
    }

    private static List<JsonNode> without(List<JsonNode> policies, int policy, int at) {
        List<JsonNode> copy = copied(policies);
        ((ArrayNode) copy.get(policy).get("Statement")).remove(at);
        return copy;
    }

    private static List<JsonNode> copied(List<JsonNode> policies) {
        return policies.stream().map(JsonNode::<JsonNode>deepCopy).toList();
    }

    private static Stream<Need> needed(Principal principal) {
        Needs needs = new Needs(run.world());
        Stream<Need> called =
                run.calls().getOrDefault(principal, List.of()).stream().flatMap(call -> needs.of(call).stream());
        return Stream.concat(called, Unseen.needs(principal, stack));
    }
}
