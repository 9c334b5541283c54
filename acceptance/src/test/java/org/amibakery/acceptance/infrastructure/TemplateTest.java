package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.lambdas.orphans.CleanUpOrphansRequest;
import org.junit.jupiter.api.Test;

/** Holds the template to the code that it deploys. */
class TemplateTest {
    private static final List<String> NEEDS_NO_TAG = List.of("ec2:Describe", "logs:");

    private final Template template = Template.read();

    @Test
    void every_functions_handler_is_a_class_of_ours_that_lambda_can_call() throws ClassNotFoundException {
        List<JsonNode> functions = template.ofType("AWS::Lambda::Function");
        assertThat(functions).isNotEmpty();

        for (JsonNode function : functions) {
            Class<?> handler = Class.forName(function.at("/Properties/Handler").asText());
            assertThat(handler).isAssignableTo(RequestStreamHandler.class).hasPublicMethods("handleRequest");
            assertThat(handler.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
        }
    }

    @Test
    void the_rule_invokes_the_function_every_15_minutes_and_may() {
        JsonNode rule = template.resource("CleanUpOrphansRule").get("Properties");

        assertThat(rule.get("ScheduleExpression").asText()).isEqualTo("rate(15 minutes)");
        assertThat(rule.get("State").asText()).isEqualTo("ENABLED");
        assertThat(rule.get("Targets"))
                .singleElement()
                .satisfies(target -> assertThat(target.get("Arn").asText()).isEqualTo("CleanUpOrphans.Arn"));
        JsonNode permission = template.resource("CleanUpOrphansPermission").get("Properties");
        assertThat(permission.get("FunctionName").asText()).isEqualTo("CleanUpOrphans");
        assertThat(permission.get("Principal").asText()).isEqualTo("events.amazonaws.com");
        assertThat(permission.get("SourceArn").asText()).isEqualTo("CleanUpOrphansRule.Arn");
    }

    @Test
    void the_function_accepts_what_the_rule_sends() {
        byte[] input = template.inputOfTheRule("eu-west-1").getBytes(UTF_8);

        assertThat(FunctionJson.readRequest(input, CleanUpOrphansRequest.class))
                .isEqualTo(new CleanUpOrphansRequest("ami-bakery", "eu-west-1", List.of(), CleanUpMode.DELETE, 100));
    }

    @Test
    void the_role_may_remove_only_what_carries_the_stacks_tag() {
        List<JsonNode> removing = template.statements("CleanUpOrphansRole").stream()
                .filter(TemplateTest::needsTheTag)
                .toList();

        assertThat(removing).isNotEmpty().allSatisfy(statement -> {
            assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.at("/Condition/StringEquals").get("aws:ResourceTag/ami-bakery:stack"))
                    .hasToString("\"AWS::StackName\"");
        });
    }

    @Test
    void no_role_has_an_action_with_a_wildcard() {
        assertThat(template.statements("CleanUpOrphansRole"))
                .flatExtracting(statement -> Template.stream(statement.get("Action"))
                        .map(JsonNode::asText)
                        .toList())
                .isNotEmpty()
                .noneMatch(action -> action.contains("*"));
    }

    private static boolean needsTheTag(JsonNode statement) {
        return Template.stream(statement.get("Action")).map(JsonNode::asText).anyMatch(action -> NEEDS_NO_TAG.stream()
                .noneMatch(action::startsWith));
    }
}
