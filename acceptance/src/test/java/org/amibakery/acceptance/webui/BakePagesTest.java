package org.amibakery.acceptance.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.acceptance.windows.WindowHouse;
import org.amibakery.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Opens the pages of a bake that runs, of one that failed and of one that completed, as somebody does who was told to look. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class BakePagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Temporal's Web UI puts the details into a frame's address, and proxies commonly refuse more than 8 kB of one. */
    private static final int LONGEST_ADDRESS = 8_000;

    /** Fast enough to wait for, slow enough to look like a bake. */
    private static final int SPEED = 90;

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static WindowHouse house;
    private static Bake running;
    private static Bake failed;
    private static Bake completed;

    @BeforeAll
    static void bakes_are_under_way_and_over() throws InterruptedException {
        browser = Browser.require(folder);
        house = WindowHouse.openWithUi(SimulatorOptions.defaults().withPort(0).withSpeed(SPEED));
        house.simulator().ssm().nextCommandOf("run-playbook").staysInProgress();
        running = bake("web-server");
        await().atMost(PATIENCE).until(() -> running.details().contains("step 6 of 11"));
        house.simulator()
                .ssm()
                .nextCommandOf("install-packages")
                .failsWith(
                        100,
                        "Reading package lists...\nBuilding dependency tree...\nReading state information...",
                        "E: Unable to locate package ansibel");
        failed = bake("build-agent", "--follow");
        completed = bake("ubuntu-24-04-base", "--follow");
    }

    @AfterAll
    static void all_ends() {
        if (house != null) {
            house.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void a_running_bake_shows_where_it_is_and_what_its_last_command_wrote() {
        String details = running.open("runs: step 6 of 11 (run playbooks)");

        assertThat(details)
                .contains("Bake of web-server in us-east-1")
                .contains("ends by", "All times are UTC.")
                .contains("Command “run site.yml of base.zip” runs since", "Its output comes when it has ended.")
                .containsPattern("5\\s+install packages\\s+completed\\s+\\d\\d:\\d\\d:\\d\\d")
                .containsPattern("6\\s+run playbooks\\s+running\\s+\\d\\d:\\d\\d:\\d\\d")
                .containsPattern("7\\s+create image\\s+pending");
        picture("bake-running");
    }

    @Test
    void a_failed_bake_shows_why_with_the_commands_last_lines_and_what_is_left() {
        String details = failed.open("stopped at step 5 of 11 (install packages)");

        assertThat(details)
                .contains("E: Unable to locate package ansibel")
                .contains("The builder i-")
                .contains("no image was made")
                .containsPattern("6\\s+run playbooks\\s+pending");
        picture("bake-failed");
    }

    @Test
    void a_completed_bake_shows_its_image_and_every_step() {
        String details = completed.open("completed in");

        assertThat(details)
                .containsPattern("image ami-[0-9a-f]+ \\(ubuntu-24-04-base-[^)]+\\) is good")
                .containsPattern("11\\s+delete old images\\s+completed")
                .contains("whole output");
        picture("bake-completed");
    }

    @Test
    void ids_lead_to_the_console_of_their_region() {
        var unused = completed.open("completed in");

        List<String> links = browser.linksInFrames();

        String ec2 = "https://console.aws.amazon.com/ec2/home?region=us-east-1#";
        assertThat(links)
                .anyMatch(link -> link.startsWith(ec2 + "ImageDetails:imageId=ami-"))
                .anyMatch(link -> link.startsWith(ec2 + "InstanceDetails:instanceId=i-"))
                .anyMatch(link -> link.startsWith("https://console.aws.amazon.com/systems-manager/run-command/")
                        && link.endsWith("?region=us-east-1"));
    }

    @Test
    void the_history_names_what_is_done_in_words() {
        browser.open(completed.page("history"));

        browser.awaitText("run site.yml of base.zip");
        browser.awaitText("the bake's deadline");
        picture("bake-history");
    }

    @Test
    void bakes_are_found_by_their_search_attributes_and_tell_who_started_them() {
        browser.open(page("workflows?query=" + encoded("`BakeryRecipe`=\"ubuntu-24-04-base\"")));
        browser.awaitText("bake/ubuntu-24-04-base/us-east-1");
        picture("bakes-by-recipe");

        browser.open(completed.page("memo"));
        browser.awaitText("by bakery bake");
        browser.open(completed.page("search-attributes"));
        browser.awaitText("DELETE_OLD_IMAGES");
    }

    @Test
    void what_the_web_ui_has_to_carry_is_small() throws InterruptedException {
        for (Bake bake : List.of(running, failed, completed)) {
            assertThat(encoded(bake.details())).as(bake.details()).hasSizeLessThan(LONGEST_ADDRESS);
        }
    }

    private static Bake bake(String recipe, String... options) throws InterruptedException {
        String file = Path.of("..", "recipes", "ubuntu-24.04.yaml").toString();
        List<String> command = new ArrayList<>(List.of("bake", file, "--set", "name=" + recipe));
        command.addAll(List.of(options));
        var unused = house.bakery(command.toArray(String[]::new));
        return new Bake("bake/%s/us-east-1".formatted(recipe));
    }

    private static void picture(String name) {
        browser.picture(WebUiTest.PICTURES.resolve(name + ".png"));
    }

    private static String page(String path) {
        return "%s/namespaces/default/%s".formatted(house.temporal().ui(), path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A bake as Temporal tells of it. */
    private record Bake(String id) {
        String details() throws InterruptedException {
            return house.temporal()
                    .cli("workflow", "metadata", "--workflow-id", id)
                    .succeeded()
                    .json()
                    .at("/queryResult/0/currentDetails")
                    .asText();
        }

        String page(String tab) {
            try {
                JsonNode told = house.temporal()
                        .cli("workflow", "describe", "--workflow-id", id)
                        .succeeded()
                        .json();
                String run = told.at("/workflowExecutionInfo/execution/runId").asText();
                return BakePagesTest.page("workflows/%s/%s/%s".formatted(encoded(id), run, tab));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }

        /** Opens a bake's current details, and waits for a text in them. */
        String open(String text) {
            browser.open(page("user-metadata"));
            return browser.awaitDetails(text);
        }
    }
}
