package org.amibakery.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.reaper.ReaperRequest;
import org.amibakery.window.MaintenanceWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestConverterTest {
    private static final DataConverter CONVERTER =
            BakeryJson.dataConverter().withContext(new WorkflowSerializationContext("default", "window/weekly"));

    @ParameterizedTest
    @CsvSource({"2h, PT2H", "PT2H, PT2H", "90m, PT1H30M", "-PT1S, PT-1S"})
    void reads_durations_as_people_and_as_histories_write_them(String written, Duration read) {
        assertThat(read(HoldRequest.class, "{\"duration\": \"%s\"}".formatted(written)))
                .isEqualTo(new HoldRequest(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | input: this is a list where a mapping is expected",
                "7 | input: this is a number where a mapping is expected",
                "{\"name\": \"w\"} | input: \"duration\" is required and missing",
                "{\"name\": \"w\", \"duration\": {}} | /duration: \"\" is not a duration; write a number with its unit",
                "{\"name\": \"w\", \"duration\": \"4h\", \"force\": \"perhaps\"} | /force: ",
                "{\"nme\": \"w\"} | /nme: unknown key \"nme\"; known here are name, duration, cutoff",
            })
    void says_where_a_request_is_wrong_and_why(String sent, String message) {
        assertThatThrownBy(() -> read(MaintenanceWindow.class, sent))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(". Nothing was done.");
    }

    @Test
    void refuses_a_second_input() {
        assertThatThrownBy(() -> read(ReaperRequest.class, "{}", "{}"))
                .hasMessageStartingWith("input: one is taken, and 2 were sent");
    }

    @Test
    void takes_no_input_as_none() {
        assertThat(read(ReaperRequest.class)).isNull();
        assertThat(read(ReaperRequest.class, "null")).isNull();
    }

    @Test
    void tells_clients_a_type_of_ours() {
        RuntimeException told = CONVERTER.failureToException(CONVERTER.exceptionToFailure(InvalidRequest.of("no")));

        assertThat(told).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo("InvalidInput");
            assertThat(failure.getOriginalMessage()).isEqualTo("no. Nothing was done.");
            assertThat(failure.isNonRetryable()).isTrue();
        });
    }

    @Test
    void reads_leniently_what_a_worker_of_a_newer_version_wrote_for_a_workflow() {
        String everyKeyAndOneMore = "{\"mode\": \"PLAN\", \"stack\": null, \"settle\": null, \"ofTheFuture\": null}";

        assertThat(read(ReaperRequest.class, everyKeyAndOneMore)).isInstanceOf(ReaperRequest.class);
        assertThatThrownBy(() -> read(ReaperRequest.class, "{\"mode\": \"PLAN\", \"stak\": null, \"settle\": null}"))
                .hasMessageContaining("unknown key \"stak\"");
    }

    @Test
    void reads_leniently_what_workers_of_other_versions_write_for_activities() {
        DataConverter ofActivity = BakeryJson.dataConverter()
                .withContext(new ActivitySerializationContext("default", "w", "T", "A", "q", false));

        Object[] read = ofActivity.fromPayloads(
                payloads("{\"mode\": \"PLAN\", \"ofTheFuture\": 1}"),
                new Class<?>[] {ReaperRequest.class},
                new Type[] {ReaperRequest.class});

        assertThat(read).hasSize(1);
    }

    private static Object read(Class<?> type, String... sent) {
        return CONVERTER.fromPayloads(payloads(sent), new Class<?>[] {type}, new Type[] {type})[0];
    }

    private static Optional<Payloads> payloads(String... sent) {
        Payloads.Builder payloads = Payloads.newBuilder();
        Stream.of(sent)
                .forEach(json -> payloads.addPayloads(Payload.newBuilder()
                        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                        .setData(ByteString.copyFromUtf8(json))));
        return sent.length == 0 ? Optional.empty() : Optional.of(payloads.build());
    }
}
