package org.amibakery.acceptance.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.processes.TemporalDevServer;
import org.amibakery.schedule.WindowSchedules;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.window.reading.WindowReader;
import org.amibakery.window.reading.WrittenWindow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a real server opens windows around the days on which clocks change, beside what the product says of it. */
class ClockChangesTest {
    @TempDir
    private static Path folder;

    private static TemporalDevServer server;
    private static TemporalConnection temporal;

    @BeforeAll
    static void a_server_runs() throws InterruptedException {
        server = TemporalDevServer.require();
        temporal = TemporalConnection.open(Map.of("TEMPORAL_ADDRESS", server.address()));
    }

    @AfterAll
    static void the_server_ends() {
        if (temporal != null) {
            temporal.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{1} in {0} around {2}")
    @CsvSource({
        "Europe/Warsaw, 30 2 * * *, 2027-03-28, 13",
        "Europe/Warsaw, 30 2 * * *, 2027-10-31, 14",
        "Europe/Warsaw, 0 3 * * *, 2027-03-28, 14",
        "Europe/Warsaw, 0 3 * * MON, 2027-10-31, 2",
        "Europe/Warsaw, 30 */6 * * *, 2027-10-31, 56",
        "Australia/Sydney, 30 2 * * *, 2027-10-03, 13",
        "Australia/Sydney, 30 2 * * *, 2027-04-04, 14",
        "America/New_York, 30 2 * * *, 2027-03-14, 13",
        "America/New_York, 30 1 * * *, 2027-11-07, 14",
        "UTC, 30 2 * * *, 2027-03-28, 14"
    })
    void the_server_opens_a_window_when_the_product_says(String zone, String cron, String day, int openings) {
        Instant from = Instant.parse(day + "T00:00:00Z").minusSeconds(7 * 86_400);
        Instant to = from.plusSeconds(14 * 86_400);
        WrittenWindow window = new WindowReader().read(file(zone, cron));
        var unused = new WindowSchedules(temporal).apply(window);

        List<Instant> opened = firstOfEachTime(matching(window.file().name(), from, to), window.zone());

        assertThat(opened).hasSize(openings);
        assertThat(window.times().after(from, window.zone(), openings))
                .extracting(ZonedDateTime::toInstant)
                .isEqualTo(opened);
    }

    /** The second run at the same time of a day does nothing, which WindowsInProcessesTest shows. */
    private static List<Instant> firstOfEachTime(List<Instant> times, ZoneId zone) {
        Map<LocalDateTime, Instant> first = new LinkedHashMap<>();
        times.forEach(time -> first.putIfAbsent(time.atZone(zone).toLocalDateTime(), time));
        return List.copyOf(first.values());
    }

    private static Path file(String zone, String cron) {
        Path recipe = Path.of("..", "recipes", "ubuntu-24.04.yaml").toAbsolutePath();
        return WindowHouse.file(
                folder,
                "window.yaml",
                "name: nightly\ncron: \"%s\"\ntimeZone: %s\nduration: 1h\nrecipes: [\"%s\"]\n"
                        .formatted(cron, zone, recipe));
    }

    private static List<Instant> matching(String window, Instant from, Instant to) {
        return temporal
                .service()
                .blockingStub()
                .listScheduleMatchingTimes(ListScheduleMatchingTimesRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setScheduleId(MaintenanceWindowWorkflow.id(window))
                        .setStartTime(Timestamps.fromMillis(from.toEpochMilli()))
                        .setEndTime(Timestamps.fromMillis(to.toEpochMilli()))
                        .build())
                .getStartTimeList()
                .stream()
                .map(time -> Instant.ofEpochSecond(time.getSeconds()))
                .toList();
    }
}
