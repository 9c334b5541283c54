package org.amibakery.acceptance.windows;

import static org.amibakery.acceptance.windows.WindowHouse.file;
import static org.amibakery.acceptance.windows.WindowHouse.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.amibakery.acceptance.windows.WindowHouse.Ran;
import org.amibakery.simulator.ec2.FoundationImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of a window, from its file to its removal, by the product's own commands. */
@TestMethodOrder(OrderAnnotation.class)
class WindowsInProcessesTest {
    private static final String NAME = "weekly-base-images";
    private static final String AMAZON_LINUX = "amazon-linux-2023-base";
    private static final String UBUNTU = "ubuntu-24-04-base";
    private static final String WINDOW = Path.of("..", "windows", "weekly.yaml").toString();

    @TempDir
    private static Path folder;

    private static WindowHouse house;

    @BeforeAll
    static void the_processes_run() throws InterruptedException {
        house = WindowHouse.open();
    }

    @AfterAll
    static void the_processes_end() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void apply_installs_a_window_with_its_zone_and_tells_when_it_opens() throws Exception {
        Ran applied = house.bakery("schedule", "apply", WINDOW).endedWith(0);

        assertThat(applied.results())
                .startsWith("Window weekly-base-images: new\n  cron: 0 3 * * MON\n  timeZone: Europe/Warsaw\n")
                .contains("  recipes.amazon-linux-2023-base.")
                .containsPattern("  opens Mon \\d{4}-\\d\\d-\\d\\d 03:0\\d CES?T, Mon ");
        JsonNode schedule = schedule();
        assertThat(schedule.at("/spec/timezoneName").asText()).isEqualTo("Europe/Warsaw");
        assertThat(schedule.at("/spec/structuredCalendar/0/comment").asText()).isEqualTo("0 3 * * MON");
        assertThat(schedule.at("/spec/jitter").asText()).isEqualTo("300s");
        assertThat(schedule.at("/policies/overlapPolicy").asText()).isEqualTo("SCHEDULE_OVERLAP_POLICY_SKIP");
        assertThat(schedule.at("/policies/catchupWindow").asText()).isEqualTo("10800s");
        assertThat(schedule.at("/state/notes").asText())
                .isEqualTo(
                        "AMI Bakery: bakes 2 recipes, 0 3 * * MON at Europe/Warsaw. Change it in its file, with: bakery"
                                + " schedule apply");
        assertThat(schedule.at("/action/startWorkflow/workflowId").asText()).isEqualTo("window/" + NAME);
    }

    @Test
    @Order(2)
    void temporals_own_list_shows_it_with_zone_and_next_runs() throws Exception {
        JsonNode listed = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> house.temporal()
                                .cli("schedule", "list")
                                .succeeded()
                                .json(),
                        schedules -> schedules.findValuesAsText("scheduleId").contains("window/" + NAME));

        assertThat(listed).anySatisfy(schedule -> {
            assertThat(schedule.path("scheduleId").asText()).isEqualTo("window/" + NAME);
            assertThat(schedule.at("/info/spec/timezoneName").asText()).isEqualTo("Europe/Warsaw");
            assertThat(schedule.at("/info/futureActionTimes")).isNotEmpty();
        });
    }

    @Test
    @Order(3)
    void applying_the_same_file_again_changes_nothing() throws Exception {
        Ran applied = house.json("schedule", "apply", WINDOW).endedWith(0);

        assertThat(applied.json().at("/0/change").asText()).isEqualTo("unchanged");
        assertThat(applied.json().at("/0/differences")).isEmpty();
    }

    @Test
    @Order(4)
    void a_dry_run_shows_what_would_change_and_changes_nothing() throws Exception {
        Ran shown = house.bakery("schedule", "apply", changed().toString(), "--dry-run")
                .endedWith(0);

        assertThat(shown.results())
                .contains("Window weekly-base-images: changed\n")
                .contains("  cutoff: 1h -> 2h\n")
                .contains("  recipes.ubuntu-24-04-base.builder.instanceTypes.0: t3.medium -> m6i.large\n");
        assertThat(schedule().at("/policies/catchupWindow").asText()).isEqualTo("10800s");
    }

    @Test
    @Order(5)
    void triggered_for_the_first_time_it_bakes_both_recipes() throws Exception {
        JsonNode report = trigger(NAME).endedWith(0).json();

        assertThat(report.path("state").asText()).isEqualTo("completed");
        assertThat(states(report)).containsExactly("baked", "baked");
        assertThat(report.path("retention").findValuesAsText("workflowId"))
                .containsExactlyInAnyOrder(
                        "retention/" + AMAZON_LINUX + "/us-east-1", "retention/" + UBUNTU + "/us-east-1");
        assertThat(house.simulator().ledger().leaked()).isEmpty();
    }

    @Test
    @Order(6)
    void triggered_again_it_bakes_nothing_and_says_why() throws Exception {
        int builders = house.simulator().ledger().buildersEverLaunched().size();

        Ran triggered = house.bakery("schedule", "trigger", NAME, "--follow").endedWith(0);

        assertThat(triggered.results())
                .contains(": 2 unchanged\n")
                .contains("was baked of the same foundation image, recipe, playbooks and documents");
        assertThat(house.simulator().ledger().buildersEverLaunched()).hasSize(builders);
    }

    @Test
    @Order(7)
    void a_new_foundation_image_makes_exactly_the_recipe_bake_that_starts_from_it() throws Exception {
        String published = house.simulator().ec2().publishesImage(FoundationImage.amazonLinux(Instant.now()));

        JsonNode report = trigger(NAME).endedWith(0).json();

        assertThat(states(report)).containsExactly("baked", "unchanged");
        assertThat(report.at("/recipes/0/recipe").asText()).isEqualTo(AMAZON_LINUX);
        assertThat(report.at("/recipes/0/reasons/0").asText()).contains(published);
    }

    @Test
    @Order(8)
    void force_bakes_what_did_not_change() throws Exception {
        JsonNode report = house.json("schedule", "trigger", NAME, "--force", "--follow")
                .endedWith(0)
                .json();

        assertThat(states(report)).containsExactly("baked", "baked");
    }

    @Test
    @Order(9)
    void list_and_show_tell_next_and_last_runs() throws Exception {
        assertThat(house.bakery("schedule", "list").endedWith(0).results())
                .contains("WINDOW")
                .containsPattern(
                        "weekly-base-images  Mon \\d{4}-\\d\\d-\\d\\d 03:0\\d CES?T +\\w{3} .*: 1 baked, 1 unchanged");

        JsonNode shown =
                house.json("schedule", "show", "window/" + NAME).endedWith(0).json();

        assertThat(shown.path("timeZone").asText()).isEqualTo("Europe/Warsaw");
        assertThat(shown.at("/settings/duration").asText()).isEqualTo("4h");
        assertThat(shown.path("recipes")).extracting(JsonNode::asText).containsExactly(AMAZON_LINUX, UBUNTU);
        assertThat(shown.path("nextRuns")).isNotEmpty();
        assertThat(shown.path("lastRuns")).hasSize(3);
        assertThat(shown.at("/lastRuns/1/report/recipes"))
                .extracting(line -> line.path("state").asText())
                .containsExactly("unchanged", "unchanged");
    }

    @Test
    @Order(10)
    void a_paused_window_stays_paused_when_its_file_is_applied() throws Exception {
        house.bakery("schedule", "pause", NAME, "--note", "change freeze").endedWith(0);

        assertThat(house.bakery("schedule", "apply", changed().toString())
                        .endedWith(0)
                        .results())
                .contains("  cutoff: 1h -> 2h\n")
                .contains("  stays paused: change freeze");

        assertThat(schedule().at("/state/paused").asBoolean()).isTrue();
        assertThat(house.bakery("schedule", "list").endedWith(0).results()).contains("weekly-base-images  paused");
        assertThat(house.bakery("schedule", "resume", NAME).endedWith(0).results())
                .contains("Window weekly-base-images opens Mon ");
        assertThat(schedule().at("/state/paused").asBoolean()).isFalse();
    }

    @Test
    @Order(11)
    void nothing_is_applied_when_one_file_is_wrong() throws Exception {
        changed(); // and so there are recipes beside it
        Path good = file(folder, "good.yaml", inFolder().replace(NAME, "not-installed"));
        Path bad = file(folder, "bad.yaml", "name: bad\ncron: 0 25 * * *\nduration: 4h\nrecipes: [nowhere.yaml]\n");

        Ran refused = house.bakery("schedule", "apply", good.toString(), bad.toString())
                .endedWith(2);

        assertThat(refused.output()).contains("bad.yaml:2:7: \"0 25 * * *\" is no cron expression", "nowhere.yaml");
        assertThat(house.bakery("schedule", "show", "not-installed")
                        .endedWith(2)
                        .output())
                .contains("There is no window not-installed. These are: weekly-base-images");
    }

    @Test
    @Order(12)
    void it_pauses_itself_after_failed_runs_in_a_row_and_counts_anew_once_resumed() throws Exception {
        file(folder, "broken.yaml", sample("recipes", "ubuntu-24.04.yaml").replace("base.zip", "nothing.zip"));
        Path window = file(
                folder,
                "failing.yaml",
                "name: failing\ncron: 0 4 * * *\nduration: 1h\npauseAfterFailures: 2\nrecipes: [broken.yaml]\n");
        house.bakery("schedule", "apply", window.toString()).endedWith(0);

        JsonNode first = trigger("failing").endedWith(3).json();
        JsonNode second = trigger("failing").endedWith(3).json();
        String note = schedule("failing").at("/state/notes").asText();
        boolean paused = schedule("failing").at("/state/paused").asBoolean();
        house.bakery("schedule", "resume", "failing").endedWith(0);
        JsonNode third = trigger("failing").endedWith(3).json();

        assertThat(states(first)).containsExactly("failed");
        assertThat(List.of(first, second, third))
                .extracting(report -> report.path("failedRunsInARow").asInt())
                .containsExactly(1, 2, 1);
        assertThat(paused).isTrue();
        assertThat(note)
                .startsWith("Paused by AMI Bakery: 2 runs failed in a row, the last one window/failing-")
                .contains("There is no s3://")
                .endsWith("Resume it with: bakery schedule resume failing");
        assertThat(schedule("failing").at("/state/paused").asBoolean()).isFalse();
    }

    @Test
    @Order(13)
    void backfill_makes_up_for_a_run_that_was_missed() throws Exception {
        Path window = file(
                folder,
                "hourly.yaml",
                "name: hourly\ncron: 0 * * * *\nduration: 15m\nrecipes: [%s]\n"
                        .formatted(Path.of("..", "recipes", "amazon-linux-2023.yaml")
                                .toAbsolutePath()));
        house.bakery("schedule", "apply", window.toString()).endedWith(0);
        Instant due = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);

        house.bakery(
                        "schedule",
                        "backfill",
                        "hourly",
                        "--from",
                        due.minusSeconds(60).toString(),
                        "--to",
                        due.plusSeconds(60).toString())
                .endedWith(0);

        JsonNode run = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> house.json("schedule", "show", "hourly")
                                .endedWith(0)
                                .json()
                                .path("lastRuns"),
                        runs -> runs.size() == 1 && runs.at("/0/state").asText().equals("completed"))
                .get(0);
        assertThat(run.path("due").asText()).isEqualTo(due.toString());
        assertThat(states(run.path("report"))).containsExactly("unchanged"); // and not skipped: it has hours of its own
    }

    /** On 1 November 2026 clocks went back at 2 o'clock in New York, and the server opens a window of 01:30 at both. */
    @Test
    @Order(14)
    void a_time_that_comes_twice_as_clocks_go_back_bakes_once() throws Exception {
        Path window = file(
                folder,
                "twice.yaml",
                "name: twice\ncron: 30 1 * * *\ntimeZone: America/New_York\nduration: 1h\nrecipes: [%s]\n"
                        .formatted(Path.of("..", "recipes", "amazon-linux-2023.yaml")
                                .toAbsolutePath()));
        house.bakery("schedule", "apply", window.toString()).endedWith(0);

        house.bakery("schedule", "backfill", "twice", "--from", "2026-11-01T05:00:00Z", "--to", "2026-11-01T07:00:00Z")
                .endedWith(0);

        JsonNode runs = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> house.json("schedule", "show", "twice")
                                .endedWith(0)
                                .json()
                                .path("lastRuns"),
                        last -> last.size() == 2
                                && last.findValuesAsText("state").stream()
                                                .filter("completed"::equals)
                                                .count()
                                        == 4);
        assertThat(states(runs.at("/1/report"))).containsExactly("unchanged");
        assertThat(states(runs.at("/0/report"))).containsExactly("skipped");
        assertThat(runs.at("/0/report/recipes/0/message").asText())
                .isEqualTo("Clocks went back, and the window was open at this time of the day already.");
    }

    @Test
    @Order(15)
    void what_the_product_did_not_make_is_left_alone() throws Exception {
        house.temporal()
                .cli(
                        "schedule",
                        "create",
                        "--schedule-id",
                        "window/foreign",
                        "--cron",
                        "0 3 * * *",
                        "--workflow-id",
                        "foreign",
                        "--type",
                        "SomethingElse",
                        "--task-queue",
                        "elsewhere")
                .succeeded();
        changed(); // and so there are recipes beside it
        Path window = file(folder, "foreign.yaml", inFolder().replace(NAME, "foreign"));

        Ran refused = house.bakery("schedule", "apply", window.toString()).endedWith(2);

        assertThat(refused.output()).contains("The schedule window/foreign starts no maintenance window");
        assertThat(house.bakery("schedule", "delete", "foreign", "--yes")
                        .endedWith(2)
                        .output())
                .contains("left as it is");
        assertThat(house.bakery("schedule", "list").endedWith(0).results()).doesNotContain("foreign");
    }

    @Test
    @Order(16)
    void a_window_that_is_open_is_not_opened_twice_and_two_windows_bake_a_family_once() throws Exception {
        var unused = house.simulator().ec2().publishesImage(FoundationImage.amazonLinux(Instant.now()));
        house.simulator().ec2().imagesTake(Duration.ofMinutes(15)); // which is 15 seconds here
        int builders = house.simulator().ledger().buildersEverLaunched().size();
        house.bakery("schedule", "trigger", "twice").endedWith(0);

        Ran refused = house.bakery("schedule", "trigger", "twice");
        JsonNode other = trigger("hourly").endedWith(0).json();
        house.bakery("schedule", "trigger", "twice", "--follow").endedWith(0);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("Window twice is open already (window/twice-");
        assertThat(states(other)).containsExactly("joined");
        assertThat(house.simulator().ledger().buildersEverLaunched()).hasSize(builders + 1);
    }

    @Test
    @Order(17)
    void delete_shows_first_and_removes_when_told_yes() throws Exception {
        Ran preview = house.bakery("schedule", "delete", NAME).endedWith(0);
        assertThat(preview.output())
                .contains("Nothing was removed. To remove it: bakery schedule delete weekly-base-images");
        assertThat(schedule().isMissingNode()).isFalse();

        house.bakery("schedule", "delete", NAME, "--yes").endedWith(0);

        assertThat(house.bakery("schedule", "show", NAME).endedWith(2).output()).contains("There is no window " + NAME);
    }

    private static Ran trigger(String window) throws InterruptedException {
        return house.json("schedule", "trigger", window, "--follow");
    }

    private static JsonNode schedule() throws InterruptedException {
        return schedule(NAME);
    }

    private static JsonNode schedule(String window) throws InterruptedException {
        return house.temporal()
                .cli("schedule", "describe", "--schedule-id", "window/" + window)
                .succeeded()
                .json()
                .path("schedule");
    }

    private static List<String> states(JsonNode report) {
        return report.path("recipes").findValuesAsText("state");
    }

    /** The sample window, whose recipes lie beside it. */
    private static String inFolder() {
        return sample("windows", "weekly.yaml").replace("../recipes/", "");
    }

    /** The sample with a later cut-off, and one of its recipes with a greater builder. */
    private static Path changed() {
        file(folder, "amazon-linux-2023.yaml", sample("recipes", "amazon-linux-2023.yaml"));
        file(
                folder,
                "ubuntu-24.04.yaml",
                sample("recipes", "ubuntu-24.04.yaml").replaceFirst("t3\\.medium", "m6i.large"));
        return file(folder, "changed.yaml", inFolder().replace("cutoff: 1h", "cutoff: 2h"));
    }
}
