package org.amibakery.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkReportTest {
    private final Figures figures = new Figures();

    @TempDir
    private Path folder;

    @Test
    void repeated_measurements_become_one_figure_with_its_median_and_bounds() {
        for (double seconds : new double[] {0.4, 0.3, 0.9}) {
            figures.add(Scenario.INSTANT, Figures.BAKERY, 1, "time", "s", seconds);
        }

        assertThat(figures.all()).singleElement().satisfies(figure -> {
            assertThat(figure.median()).isEqualTo(0.4);
            assertThat(figure.min()).isEqualTo(0.3);
            assertThat(figure.max()).isEqualTo(0.9);
        });
    }

    @Test
    void the_median_of_an_even_number_is_between_the_middle_ones() {
        assertThat(new Figure(Scenario.START, "ami-bakery", 1, "time", "s", List.of(4.0, 1.0, 2.0, 3.0)).median())
                .isEqualTo(2.5);
    }

    @Test
    void a_report_is_written_as_table_json_and_chart() throws Exception {
        figures.add(Scenario.TIMED, Figures.BAKERY, 1, "time", "s", 25.5);
        figures.add(Scenario.TIMED, Figures.PACKER, 1, "time", "s", 28.0);
        figures.note("A note.");

        new BenchmarkReport(Machine.current(), figures.all(), figures.notes()).writeTo(folder);

        assertThat(Files.readString(folder.resolve("figures.md")))
                .contains("A note.", "| timed | 1 | time | ami-bakery | 25.5 s | 25.5 | 25.5 | 1 |");
        assertThat(Files.readString(folder.resolve("figures.json"))).contains("\"subject\" : \"packer\"");
        assertThat(Files.readString(folder.resolve("chart.svg")))
                .startsWith("<svg")
                .contains("timed, 1 at once: packer", "28");
    }

    @Test
    void says_how_to_start_it_where_the_launcher_did_not() {
        assertThatThrownBy(() -> Workshop.equipped(Map.of(), folder))
                .isInstanceOf(MissingTool.class)
                .hasMessageContaining("run it as ./bakery benchmark");
    }

    @Test
    void says_how_to_get_a_temporal_server_before_anything_is_started() {
        assertThatThrownBy(() -> TemporalServer.binary(new Tools(Map.of())))
                .isInstanceOf(MissingTool.class)
                .hasMessageContaining("go install github.com/temporalio/cli/cmd/temporal")
                .hasMessageContaining("Nothing was started");
    }
}
