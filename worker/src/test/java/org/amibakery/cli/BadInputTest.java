package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.amibakery.cli.CommandTrial.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    @TempDir
    private Path folder;

    @Test
    void tells_every_problem_of_every_file_one_a_line() {
        Recipes recipes = new Recipes(folder);
        String changed = recipes.with("builder: {instanceTypes: [t3.medium]}", "bilder: {}\ndeadline: 4");
        String good = recipes.named("good");
        String missing = folder.resolve("missing.yaml").toString();

        Ran ran = new CommandTrial().run("validate", changed, good, missing);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEqualTo("%s: valid, family good%n".formatted(good));
        assertThat(ran.err().lines())
                .anySatisfy(line -> assertThat(line).startsWith(changed + ":5:1: unknown key \"bilder\""))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(
                                changed + ":6:11: deadline is a whole number where a text is expected; write a number"
                                        + " with its unit, such as 45s, 90m, 4h or 30d"))
                .anySatisfy(line -> assertThat(line).startsWith(missing + ": there is no such file"));
    }

    @Test
    void tells_problems_to_programs_too() throws IOException {
        String changed = new Recipes(folder).with("name: web", "name: web\nbilder: {}");

        Ran ran = new CommandTrial().run("validate", changed, "--output", "json");

        JsonNode verdict = new ObjectMapper().readTree(ran.out()).get(0);
        assertThat(verdict.get("valid").asBoolean()).isFalse();
        assertThat(verdict.get("problems").get(0).get("line").asInt()).isEqualTo(2);
        assertThat(verdict.get("problems").get(0).get("message").asText()).startsWith("unknown key \"bilder\"");
    }

    @Test
    void checks_windows_with_the_recipes_they_name() throws IOException {
        String recipe = new Recipes(folder).with("name: web", "name: web\nbilder: {}");
        Path window = Files.writeString(
                folder.resolve("weekly.yaml"),
                "name: weekly\ncron: 0 3 * * MOON\nduration: 4h\nrecipes: [%s]\n".formatted(recipe));

        Ran ran = new CommandTrial().run("validate", window.toString(), "../windows/weekly.yaml");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out())
                .isEqualTo("../windows/weekly.yaml: valid, window weekly-base-images of 2 recipes%n".formatted());
        assertThat(ran.err().lines())
                .anySatisfy(line -> assertThat(line).startsWith(recipe + ":2:1: unknown key \"bilder\""))
                .anySatisfy(
                        line -> assertThat(line).startsWith(window + ":2:7: \"0 3 * * MOON\" is no cron expression"));
    }

    @ParameterizedTest(name = "simulator {0}")
    @CsvSource({
        "--builders=sandbox, 'Real builders need a folder to live in, such as --builders=sandbox /var/tmp/bakery-sandbox.'",
        "/srv/roots, A folder is for real builders only; add --builders=sandbox.",
        "'--builders=sandbox /srv/a:b', Builders cannot live in /srv/a:b: its name has a colon or a comma. Choose another"
    })
    void refuses_a_sandbox_without_its_folder_and_a_folder_without_a_sandbox(String arguments, String message) {
        Ran ran = new CommandTrial().run(("simulator --port 0 " + arguments).split(" ", -1));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(message);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bake", "render", "plan"})
    void refuses_a_recipe_before_anybody_is_asked(String command) {
        Ran ran = new CommandTrial().run(command, folder.resolve("missing.yaml").toString());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("missing.yaml: there is no such file");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void refuses_overrides_that_fit_nothing() {
        Ran ran = new CommandTrial()
                .run("render", new Recipes(folder).named("web"), "--set", "deadlin=5h", "--region", "nowhere at all");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--set deadlin=5h: unknown key \"deadlin\"; the nearest known key is \"deadline\"")
                .contains("--region nowhere at all: ");
    }

    @Test
    void renders_what_the_workflow_takes_with_overrides_made() throws IOException {
        Ran ran = new CommandTrial()
                .run("render", new Recipes(folder).named("web"), "--set", "deadline=5h", "--region", "eu-west-1");

        JsonNode rendered = new ObjectMapper().readTree(ran.out());
        assertThat(ran.exitCode()).isZero();
        assertThat(rendered.get("deadline").asText()).isEqualTo("5h");
        assertThat(rendered.get("region").asText()).isEqualTo("eu-west-1");
    }

    @Test
    void asks_for_a_region_where_none_is_known() {
        String recipe = new Recipes(folder).withoutRegion();

        Ran ran = new CommandTrial().run("bake", recipe);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo(
                        "%s: names no region, and no installation is configured here that would; add --region us-east-1, or set BAKERY_REGION or BAKERY_CONFIG%n"
                                .formatted(recipe));
    }

    @Test
    void ends_with_4_when_temporal_does_not_answer() throws IOException {
        String closed = "127.0.0.1:" + closedPort();

        Ran ran = new CommandTrial()
                .with("TEMPORAL_ADDRESS", closed)
                .run("bake", new Recipes(folder).named("web"), "--follow");

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err())
                .startsWith("Temporal at %s does not answer (namespace default): ".formatted(closed))
                .contains("Start one with: temporal server start-dev");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void ends_with_2_when_the_simulators_port_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = new CommandTrial().run("simulator", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err())
                    .isEqualTo(
                            "The simulator cannot listen on 127.0.0.1:%d, which another process may have: choose another port, or 0 for a free one. The option is --port.%n"
                                    .formatted(taken.getLocalPort()));
            assertThat(ran.out()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bak x | Did you mean: bakery bake?",
                "bake x.yaml --folow | Unknown option: '--folow'. Possible solutions: --follow",
                "bake x.yaml --timeout 4 | \"4\" is not a duration",
                "bake | Missing required parameter: 'RECIPE'.",
                "hold x | Missing required option: '--for=DURATION'.",
                "status -o yaml | expected one of",
            })
    void answers_wrong_usage_in_a_line_or_two(String typed, String answer) {
        Ran ran = new CommandTrial().run(typed.split(" "));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(String.join(" ", ran.err().lines().toList()))
                .contains(answer)
                .contains("See: bakery");
        assertThat(ran.err().lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void asks_which_command_when_none_is_given() {
        Ran ran = new CommandTrial().run();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("Which command?");
    }

    @Test
    void lists_the_exit_codes_scripts_rely_on() {
        assertThat(List.of(ExitCode.values())).extracting(ExitCode::code).containsExactly(0, 1, 2, 3, 4, 5, 130);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
