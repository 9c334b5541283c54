package org.amibakery.window.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.authored.Problem;
import org.amibakery.window.AtEnd;
import org.amibakery.window.MaintenanceWindow;
import org.amibakery.window.WindowOpening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowReaderTest {
    private static final String RECIPE =
            """
            name: web
            system: ubuntu
            foundation: {name: "ubuntu-*", owners: ["099720109477"]}
            builder: {instanceTypes: [t3.medium]}
            """;
    private static final String WINDOW =
            """
            name: weekly
            cron: "0 3 * * MON"
            timeZone: Europe/Warsaw
            duration: 4h
            cutoff: 1h
            recipes: [web.yaml]
            """;

    private final WindowReader reader = new WindowReader();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeRecipe() {
        write("web.yaml", RECIPE);
    }

    @Test
    void the_sample_can_be_opened() {
        WrittenWindow window = reader.read(Path.of("..", "windows", "weekly.yaml"));

        assertThat(window.file().name()).isEqualTo("weekly-base-images");
        assertThat(window.file().timeZone()).isEqualTo("Europe/Warsaw");
        assertThat(window.file().jitter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(window.file().pauseAfterFailures()).contains(3);
        assertThat(window.recipes())
                .extracting(recipe -> recipe.recipe().name())
                .containsExactly("amazon-linux-2023-base", "ubuntu-24-04-base");
    }

    @Test
    void a_run_takes_the_recipes_as_they_were_written() {
        WrittenWindow window = read(WINDOW + "atEnd: cancel\nrebakeAfter: 30d\nmaxConcurrent: 5\n");

        MaintenanceWindow request = window.request();

        assertThat(request.duration()).isEqualTo(Duration.ofHours(4));
        assertThat(request.cutoff()).isEqualTo(Duration.ofHours(1));
        assertThat(request.atEnd()).isEqualTo(AtEnd.CANCEL);
        assertThat(request.rebakeAfter()).contains(Duration.ofDays(30));
        assertThat(request.maxConcurrent()).isEqualTo(5);
        assertThat(request.force()).isFalse();
        assertThat(request.recipes()).singleElement().satisfies(recipe -> assertThat(recipe.recipe())
                .isEqualTo(window.recipes().get(0).json()));
    }

    @Test
    void a_run_knows_when_the_window_opens_and_how_long_it_may_wait() {
        MaintenanceWindow weekly =
                read(WINDOW + "pauseAfterFailures: 3\njitter: 5m\n").request();

        assertThat(weekly.pauseAfterFailures()).contains(3);
        assertThat(weekly.patience()).contains(MaintenanceWindow.USUAL_PATIENCE);
        assertThat(weekly.opening()).contains(new WindowOpening("0 3 * * MON", "Europe/Warsaw", Duration.ofMinutes(5)));
    }

    @Test
    void a_run_gives_up_waiting_before_the_window_opens_again() {
        MaintenanceWindow hourly =
                read("name: hourly\ncron: 0 * * * *\nduration: 30m\njitter: 5m\nrecipes: [web.yaml]\n")
                        .request();

        assertThat(hourly.patience()).contains(Duration.ofMinutes(5));
    }

    @Test
    void notes_when_a_change_of_clocks_will_leave_a_window_out() {
        Instant now = Instant.parse("2026-11-29T00:00:00Z");

        assertThat(read(WINDOW).notes(now)).isEmpty();
        assertThat(read(WINDOW.replace("0 3 * * MON", "30 2 * * *")).notes(now))
                .containsExactly(
                        "On 2027-03-28 there is no 02:30 in Europe/Warsaw, as clocks go forward: the window does"
                                + " not open then. Choose a time outside of that hour if it must.");
    }

    @Test
    void what_is_not_written_has_a_usual_value() {
        WindowFile file = read("name: weekly\ncron: 0 3 * * *\nduration: 4h\nrecipes: [web.yaml]\n")
                .file();

        assertThat(file)
                .isEqualTo(new WindowFile(
                        "weekly",
                        "0 3 * * *",
                        "UTC",
                        Duration.ofHours(4),
                        Duration.ZERO,
                        AtEnd.FINISH,
                        Duration.ZERO,
                        true,
                        Optional.empty(),
                        2,
                        Optional.empty(),
                        List.of("web.yaml")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            name     | Weekly!        | 1:7: "Weekly!" is no window name; write 2 to 63 small letters
            cron     | 0 3 * *        | 2:7: "0 3 * *" is not five fields; write minute, hour
            cron     | "@weekly"      | 2:7: "@weekly" is not five fields; write minute, hour
            cron     | 0 3 * * MOON   | 2:7: "0 3 * * MOON" is no cron expression (
            cron     | 0 25 * * *     | 2:7: "0 25 * * *" is no cron expression (
            cron     | 0 3 1 * MON    | 2:7: "0 3 1 * MON" names a day of the month and one of the week, which Temporal
            cron     | 0 3 30 2 *     | 2:7: "0 3 30 2 *" never comes; write a day that is in the calendar
            cron     | 0 */3 * * *    | 2:7: the window would be due again after 3h, before its 4h are over
            timeZone | Europe/Warsav  | 3:11: "Europe/Warsav" is no time zone; the nearest is Europe/Warsaw
            timeZone | "+02:00"       | 3:11: "+02:00" is no time zone; write an IANA name
            duration | 5m             | 4:11: no bake fits into 5m; write at least 15m
            duration | 4              | 4:11: duration is a whole number where a text is expected
            duration | 8d             | 4:11: a window of 8d is none; write at most 7d
            cutoff   | 4h             | 5:9: nothing could ever start, 4h before the end of a window of 4h
            """)
    void each_mistake_is_told_where_it_stands(String key, String value, String message) {
        String window = WINDOW.replaceFirst("(?m)^" + key + ": .*$", key + ": " + value);

        assertThat(problems(window)).anySatisfy(problem -> assertThat(problem.toString())
                .startsWith(folder.resolve("window.yaml") + ":" + message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            jitter: 3h               | the window might open 3h late; write at most 1h
            rebakeAfter: 2h          | images would be baked anew after 2h; write at least 1d
            atEnd: explode           | "explode" is not a way to end; write finish or cancel
            maxConcurrent: 0         | maxConcurrent is 0; write at least 1
            maxConcurent: 2          | unknown key "maxConcurent"; the nearest known key is "maxConcurrent"
            pauseAfterFailures: 0    | pauseAfterFailures is 0; write at least 1
            """)
    void each_mistake_in_what_need_not_be_written_is_told(String line, String message) {
        assertThat(problems(WINDOW + line + "\n")).extracting(Problem::message).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 3 * * MON", "30 2 * * mon-fri", "0 4 1,15 * *", "0 3 29 2 *", "0 3 * * 7", "0 */6 * * *"})
    void common_times_are_understood(String cron) {
        assertThat(read(WINDOW.replace("0 3 * * MON", cron)).file().cron()).isEqualTo(cron);
    }

    @Test
    void a_recipes_mistake_is_told_where_it_stands_in_the_recipe() {
        write("web.yaml", RECIPE + "deadline: 1s\n");

        assertThat(problems(WINDOW))
                .singleElement()
                .asString()
                .startsWith(folder.resolve("web.yaml") + ":5:11: no bake ends within 1s");
    }

    @Test
    void a_recipe_that_is_not_there_is_told_where_the_window_names_it() {
        assertThat(problems(WINDOW.replace("web.yaml", "wed.yaml")))
                .singleElement()
                .asString()
                .isEqualTo("%s:6:11: %s: there is no such file; the nearest name beside it is web.yaml"
                        .formatted(folder.resolve("window.yaml"), folder.resolve("wed.yaml")));
    }

    @Test
    void a_family_has_one_turn_in_a_window() {
        write("copy.yaml", RECIPE);

        assertThat(problems(WINDOW.replace("[web.yaml]", "[web.yaml, copy.yaml, web.yaml]")))
                .extracting(Problem::message)
                .containsExactly(
                        "copy.yaml is of the family web, as is web.yaml; give it another name or leave it out",
                        "web.yaml is named twice; name it once");
    }

    @Test
    void recipes_are_looked_for_from_where_the_window_is() throws IOException {
        Files.createDirectory(folder.resolve("windows"));
        Path window = write("windows/window.yaml", WINDOW.replace("web.yaml", "../web.yaml"));

        assertThat(reader.read(window).recipes()).hasSize(1);
    }

    @Test
    void every_problem_of_all_files_is_told_at_once() {
        write("web.yaml", RECIPE + "deadline: 1s\n");

        assertThat(problems(WINDOW.replace("Warsaw", "Warsav")
                        .replace("[web.yaml]", "[web.yaml, missing.yaml]")
                        .replace("cutoff", "cutof")))
                .hasSize(4);
    }

    private WrittenWindow read(String window) {
        return reader.read(write("window.yaml", window));
    }

    private List<Problem> problems(String window) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> read(window))
                .asInstanceOf(type(InvalidWindow.class))
                .satisfies(refused -> problems.addAll(refused.problems()));
        return problems;
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
