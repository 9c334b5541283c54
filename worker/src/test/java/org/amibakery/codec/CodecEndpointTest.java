package org.amibakery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.amibakery.http.CannotListen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecEndpointTest {
    private static final String WEB_UI = "http://localhost:8233";
    private static final Payload CLEAR = Payload.newBuilder()
            .setData(ByteString.copyFromUtf8("the recipe of web"))
            .build();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private PayloadKeys keys;
    private CodecEndpoint endpoint;

    @BeforeEach
    void start() {
        keys = PayloadKeys.read(KeyFile.of(folder, KeyFile.line("one")));
        endpoint = CodecEndpoint.start(0, Set.of(WEB_UI), keys);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void decodes_what_workers_wrote_and_encodes_for_them() throws Exception {
        Payload secret = new AesGcmCodec(keys).encode(List.of(CLEAR)).get(0);

        assertThat(payload(ask(post("/decode", json(secret)), 200))).isEqualTo(CLEAR);
        Payload encoded = payload(ask(post("/encode", json(CLEAR)), 200));
        assertThat(new AesGcmCodec(keys).decode(List.of(encoded))).containsExactly(CLEAR);
    }

    @Test
    void the_web_ui_may_ask_from_its_own_origin() throws Exception {
        HttpResponse<String> preflight = http.send(
                request("/decode")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", WEB_UI)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "content-type,x-namespace")
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> answer = ask(post("/decode", json(CLEAR)).header("Origin", WEB_UI), 200);

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(WEB_UI);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(WEB_UI);
    }

    @Test
    void another_page_is_answered_nothing() throws Exception {
        Payload secret = new AesGcmCodec(keys).encode(List.of(CLEAR)).get(0);

        HttpResponse<String> answer = http.send(
                post("/decode", json(secret))
                        .header("Origin", "https://evil.example")
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.body()).doesNotContain("recipe");
    }

    @Test
    void a_name_that_somebody_made_lead_here_is_refused() throws Exception {
        URI address = endpoint.address();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /decode HTTP/1.1\r\nHost: rebound.example:%d\r\nConnection: close\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                            .formatted(address.getPort())
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(all(socket.getInputStream()))
                    .startsWith("HTTP/1.1 403")
                    .endsWith("This codec answers at 127.0.0.1 and localhost alone.\n");
        }
    }

    @Test
    void what_it_cannot_do_is_answered_with_the_reason() throws Exception {
        Payload foreign = new AesGcmCodec(PayloadKeys.read(KeyFile.of(folder, KeyFile.line("two"))))
                .encode(List.of(CLEAR))
                .get(0);

        assertThat(ask(post("/decode", json(foreign)), 400).body())
                .isEqualTo("A payload is encrypted by the key two, and BAKERY_PAYLOAD_KEYS has one."
                        + " Add that key to its file.\n");
        assertThat(ask(post("/decode", "no json"), 400).body()).startsWith("These are no payloads");
        assertThat(ask(post("/elsewhere", "{}"), 404).body()).contains("POST /decode");
        ask(request("/decode").GET(), 415);
        ask(request("/decode").POST(BodyPublishers.ofString("{}")).header("Content-Type", "text/plain"), 415);
    }

    @Test
    void it_reads_no_more_than_a_page_of_a_history_can_bring() throws Exception {
        byte[] spaces = new byte[33 * 1024 * 1024];
        Arrays.fill(spaces, (byte) ' ');

        ask(
                request("/decode").POST(BodyPublishers.ofByteArray(spaces)).header("Content-Type", "application/json"),
                413);
    }

    @Test
    void a_port_that_is_taken_is_told_with_what_to_do() {
        int taken = endpoint.address().getPort();

        assertThatThrownBy(() -> CodecEndpoint.start(taken, Set.of(), keys))
                .isInstanceOf(CannotListen.class)
                .hasMessageContaining("127.0.0.1:" + taken)
                .hasMessageContaining("Choose another port with --port");
    }

    private HttpResponse<String> ask(HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return answer;
    }

    private HttpRequest.Builder post(String path, String json) {
        return request(path).POST(BodyPublishers.ofString(json)).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.address().resolve(path));
    }

    private static String json(Payload payload) throws IOException {
        return JsonFormat.printer()
                .print(Payloads.newBuilder().addPayloads(payload).build());
    }

    private static Payload payload(HttpResponse<String> answer) throws IOException {
        Payloads.Builder payloads = Payloads.newBuilder();
        JsonFormat.parser().merge(answer.body(), payloads);
        return payloads.getPayloads(0);
    }

    private static String all(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
