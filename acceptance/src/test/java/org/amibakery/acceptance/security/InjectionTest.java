package org.amibakery.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.amibakery.acceptance.documents.CommandDocument;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.CommandPlan;
import org.amibakery.bake.PlanBake;
import org.amibakery.bake.aws.AwsPlanActivities;
import org.amibakery.builder.BakeId;
import org.amibakery.command.PlannedCommand;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Puts text that a shell or the SSM agent would act on into every place of a recipe: either the recipe is refused, or what
 * reaches a builder is a parameter that its document takes and no shell acts on.
 */
class InjectionTest {
    private static final List<String> HOSTILE = List.of(
            "; touch /canary",
            "$(touch /canary)",
            "`touch /canary`",
            "x\ntouch /canary",
            "\" ; touch /canary ; \"",
            "' ; touch /canary ; '",
            "| touch /canary",
            "&& touch /canary",
            "> /canary",
            "${IFS}",
            "{{ ssm:canary }}",
            "{{Packages}}",
            "-o Dpkg::Pre-Invoke::=touch /canary",
            "../../canary",
            "\\",
            "\u0000");

    /** What a shell acts on outside of quotes, and inside of double ones, and what the agent replaces. */
    private static final Pattern ACTED_ON = Pattern.compile("[;&|<>$`\"'\\\\\\n\\r\\u0000(){}*?~#!]");

    /** A command of the author's own, which is meant to be one. */
    private static final String AUTHORS_COMMAND = "/image/test/command";

    private static Simulator simulator;
    private static AwsClients aws;
    private static AwsPlanActivities plans;

    @BeforeAll
    static void install() {
        simulator = Simulator.start(SimulatorOptions.forTests());
        aws = SimulatedInstallation.clients(simulator);
        plans = new AwsPlanActivities(SimulatedInstallation.install(simulator, aws), aws, List.of());
    }

    @AfterAll
    static void close() {
        aws.close();
        simulator.close();
    }

    @Test
    void no_text_of_a_recipe_becomes_a_command() {
        int refused = 0;
        int planned = 0;
        for (String place : places(recipe(), "")) {
            for (String hostile : HOSTILE) {
                Optional<BakePlan> plan = plan(with(place, hostile));
                plan.ifPresent(InjectionTest::assertHarmless);
                planned += plan.isPresent() ? 1 : 0;
                refused += plan.isPresent() ? 0 : 1;
            }
        }

        assertThat(refused).as("refused").isGreaterThan(200);
        assertThat(planned)
                .as("planned, since variables and tags may hold any text")
                .isGreaterThan(10);
    }

    @Test
    void the_recipe_itself_is_harmless_and_planned() { // the control
        assertThat(plan(recipe())).hasValueSatisfying(InjectionTest::assertHarmless);
    }

    private static void assertHarmless(BakePlan plan) {
        for (PlannedCommand command : commands(plan.commands())) {
            JsonNode declared = document(command.document()).tree().path("parameters");
            command.parameters().forEach((name, value) -> {
                assertThat(declared.has(name)).as(name).isTrue();
                String pattern = declared.path(name).path("allowedPattern").asText();
                assertThat(value).as(name).containsPattern(Pattern.compile(pattern.replaceFirst("\\$$", "\\\\z")));
                assertThat(ACTED_ON.matcher(value).find())
                        .as("%s: %s", name, value)
                        .isFalse();
            });
        }
    }

    private static List<PlannedCommand> commands(CommandPlan plan) {
        return Stream.concat(
                        Stream.of(plan.verifyAgent(), plan.updatePackages(), plan.installPackages(), plan.scrub()),
                        plan.playbooks().stream())
                .toList();
    }

    private static CommandDocument document(String installed) {
        String name = installed.replaceFirst("^ami-bakery-(amazon-linux|debian)-", "$1/");
        return CommandDocument.named(name + ".yaml");
    }

    private static Optional<BakePlan> plan(JsonNode recipe) {
        try {
            return Optional.of(plans.plan(new PlanBake(
                    new BakeRequest(recipe), new BakeId("default", "bake/web/us-east-1", "run"), Instant.now())));
        } catch (ApplicationFailure refused) {
            assertThat(refused.isNonRetryable()).as(refused.getMessage()).isTrue();
            return Optional.empty();
        }
    }

    /** Every place of a recipe that holds a text, as a pointer; a key of variables or tags is a place as well. */
    private static List<String> places(JsonNode node, String at) {
        List<String> places = new ArrayList<>();
        if (node.isTextual() && !at.equals(AUTHORS_COMMAND)) {
            places.add(at);
        }
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        node.properties().forEach(entry -> parts.put(entry.getKey(), entry.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            parts.put(Integer.toString(i), node.get(i));
        }
        parts.forEach((key, part) -> places.addAll(places(part, at + "/" + key)));
        return places;
    }

    /** A hostile text alone would often be no name at all; so it follows what stands there. */
    private static JsonNode with(String place, String hostile) {
        JsonNode recipe = recipe();
        JsonPointer pointer = JsonPointer.compile(place);
        String changed = recipe.at(pointer).asText() + hostile;
        JsonNode parent = recipe.at(pointer.head());
        String key = pointer.last().getMatchingProperty();
        if (parent instanceof ArrayNode list) {
            list.set(pointer.last().getMatchingIndex(), changed);
        } else {
            ((ObjectNode) parent).put(key, changed);
        }
        return recipe;
    }

    private static JsonNode recipe() {
        ObjectNode recipe = new RecipeReader()
                .read(Path.of("..", "recipes", "amazon-linux-2023.yaml"))
                .json()
                .deepCopy();
        ObjectNode image = recipe.putObject("image")
                .put("name", "{recipe}-{timestamp}")
                .put("encrypt", false)
                .put("parameter", "/ami-bakery/images/web");
        image.putObject("tags").put("team", "platform");
        image.putArray("shareWith").add("111122223333");
        image.putArray("copyTo").add("eu-west-1");
        image.putObject("test").put("command", "ansible --version");
        return recipe;
    }
}
