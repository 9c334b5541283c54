package org.amibakery.recipe.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.amibakery.authored.AuthoredText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages the samples at random, from a fixed seed, and expects a refusal or a recipe: nothing else. */
class RecipeMutationTest {
    private static final int DAMAGES = 1_500;
    private static final String SPICE = "{}[]:,\"'#&*!|>%@`\t\n -?~0129eE.+\\\u0000\u00e9\ud83d\ude00";
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "99999999999999999999",
            "\"\"",
            "[]",
            "{}",
            "[[[]]]",
            "\"P1D\"",
            "\"P9999999999999999999D\"",
            "\"\\u0000\"",
            "{\"a\": {\"b\": [null]}}",
            "\"999999999w\"",
            "\"all\"",
            "\"99999GiB\"",
            "\"{recipe}\"");

    private final RecipeReader reader = new RecipeReader();
    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"amazon-linux-2023.yaml", "ubuntu-24.04.yaml", "debian-12.yaml"})
    void a_damaged_text_is_refused_or_read(String file) throws IOException {
        String sample = Files.readString(Path.of("..", "recipes", file));
        Random random = new Random(42);
        int refused = 0;

        for (int i = 0; i < DAMAGES; i++) {
            AuthoredText damaged = new AuthoredText(file, damage(sample, random));
            refused += refusal(() -> reader.read(damaged, List.of()), damaged.text());
        }

        assertThat(refused).isBetween(DAMAGES / 10, DAMAGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amazon-linux-2023.yaml", "ubuntu-24.04.yaml", "debian-12.yaml"})
    void a_damaged_input_is_refused_or_read(String file) throws IOException {
        JsonNode sample = reader.read(Path.of("..", "recipes", file)).json();
        Random random = new Random(42);
        int refused = 0;

        for (int i = 0; i < DAMAGES; i++) {
            JsonNode damaged = sample.deepCopy();
            damage(damaged, random);
            refused += refusal(() -> reader.read(damaged), damaged.toString());
        }

        assertThat(refused).isBetween(DAMAGES / 10, DAMAGES);
    }

    private static int refusal(Runnable reading, String input) {
        Throwable thrown = catchThrowable(reading::run);
        if (thrown == null) {
            return 0;
        }
        assertThat(thrown).as(input).isInstanceOf(InvalidRecipe.class);
        assertThat(thrown.getMessage()).as(input).isNotBlank().doesNotContain("org.amibakery", "fasterxml");
        return 1;
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length() - 40);
            switch (random.nextInt(3)) {
                case 0 -> damaged.delete(at, at + 1 + random.nextInt(40));
                case 1 -> damaged.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                default -> damaged.insert(at, damaged.substring(at, at + random.nextInt(40)));
            }
        }
        return damaged.toString();
    }

    private void damage(JsonNode tree, Random random) throws IOException {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        for (int i = random.nextInt(3); i >= 0; i--) {
            JsonNode container = containers.get(random.nextInt(containers.size()));
            JsonNode value = json.readTree(VALUES.get(random.nextInt(VALUES.size())));
            if (container instanceof ArrayNode list) {
                list.insert(0, value);
            } else if (container instanceof ObjectNode mapping) {
                List<String> keys = new ArrayList<>(List.of("", "a/b~c", "image", "retention"));
                mapping.fieldNames().forEachRemaining(keys::add);
                mapping.set(keys.get(random.nextInt(keys.size())), value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.elements().forEachRemaining(child -> collect(child, containers));
        }
    }
}
