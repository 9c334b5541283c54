package org.amibakery.acceptance.webui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.amibakery.acceptance.processes.Lane;
import org.amibakery.acceptance.windows.WindowHouse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Opens the pages that operators look at. Pictures go to {@code target/web-ui}, or to the folder that the system property
 * {@code bakery.pictures} names: those in docs/images are made so.
 */
@TestMethodOrder(OrderAnnotation.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Lane.OF_PROGRAMS)
class WebUiTest {
    static final Path PICTURES = Optional.ofNullable(System.getProperty("bakery.pictures"))
            .map(Path::of)
            .orElse(Path.of("target", "web-ui"));

    private static final String WINDOW = Path.of("..", "windows", "weekly.yaml").toString();

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static WindowHouse house;
    private static String run;
    private static String runPage;

    @BeforeAll
    static void a_window_has_baked() throws InterruptedException {
        browser = Browser.require(folder);
        house = WindowHouse.openWithUi();
        house.bakery("schedule", "apply", WINDOW).endedWith(0);
        house.bakery("schedule", "trigger", "weekly-base-images", "--follow").endedWith(0);
        JsonNode last = house.json("schedule", "show", "weekly-base-images")
                .endedWith(0)
                .json()
                .at("/lastRuns/0");
        run = last.path("workflowId").asText();
        runPage = "workflows/%s/%s".formatted(encoded(run), last.path("runId").asText());
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
    @Order(1)
    void the_schedules_page_shows_windows_with_their_zones() {
        browser.open(page("schedules"));

        browser.awaitText("window/weekly-base-images");
        browser.awaitText("Timezone Europe/Warsaw");
        browser.awaitText("reaper/ami-bakery");
        picture("schedules");
    }

    @Test
    @Order(2)
    void a_windows_schedule_tells_what_it_is_and_how_to_change_it() {
        browser.open(page("schedules/" + encoded("window/weekly-base-images")));

        browser.awaitText("AMI Bakery: bakes 2 recipes, 0 3 * * MON at Europe/Warsaw.");
        browser.awaitText(run);
        picture("schedule");
    }

    @Test
    @Order(3)
    void a_windows_run_shows_every_recipe_by_a_name() {
        browser.open(page(runPage + "/history"));

        browser.awaitText("bake ubuntu-24-04-base: there is no good image yet");
        browser.awaitText("retention of ubuntu-24-04-base in us-east-1");
        picture("window");
    }

    @Test
    @Order(4)
    void a_windows_details_are_a_table_of_its_recipes() {
        browser.open(page(runPage + "/user-metadata"));

        String details = browser.awaitDetails("Window weekly-base-images: completed");

        assertThat(details)
                .contains("Maintenance window weekly-base-images of 2 recipes")
                .contains("2 baked")
                .contains("bake/amazon-linux-2023-base/us-east-1")
                .contains("old images of");
        picture("window-details");
    }

    private static void picture(String name) {
        browser.picture(PICTURES.resolve(name + ".png"));
    }

    private static String page(String path) {
        return "%s/namespaces/default/%s".formatted(house.temporal().ui(), path);
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
