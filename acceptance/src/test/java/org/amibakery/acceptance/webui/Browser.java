package org.amibakery.acceptance.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.acceptance.processes.RunningProcess;

/** A Chromium without a screen, driven by ChromeDriver in the WebDriver protocol. */
public final class Browser implements AutoCloseable {
    private static final String MISSING =
            "There is no chromium with its chromedriver on the PATH, so nothing shows what"
                    + " people see in the Web UI. On Debian get them with: apt-get install chromium chromium-driver";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningProcess driver;
    private final String session;

    private Browser(RunningProcess driver, String address) {
        this.driver = driver;
        session = address + "/session/" + opened(address);
    }

    /** Starts one; skips the tests where there is none, but fails them in CI. */
    public static Browser require(Path profile) throws InterruptedException {
        Optional<Path> chromedriver = onPath("chromedriver");
        boolean isThere = chromedriver.isPresent() && onPath("chromium").isPresent();
        if (System.getenv("CI") != null) {
            assertThat(isThere).as(MISSING).isTrue();
        }
        if (!isThere) {
            System.err.println("Skipped: " + MISSING); // the build's output does not show why a test was skipped
        }
        assumeTrue(isThere, MISSING);
        RunningProcess driver = RunningProcess.start(
                "chromedriver",
                Map.of("TMPDIR", profile.toString()),
                List.of(chromedriver.orElseThrow().toString(), "--port=0", "--allowed-ips=127.0.0.1"));
        String line = driver.awaitLine("started successfully on port ");
        return new Browser(driver, "http://127.0.0.1:" + line.replaceAll(".* port (\\d+).*", "$1"));
    }

    /** Loads a page. */
    public void open(String address) {
        var unused = post("/url", object().put("url", address));
    }

    /** Waits until the page shows this text. */
    public void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> text().contains(text));
    }

    /** Waits until the page's current details, which lie in a frame of their own, show this text. */
    String awaitDetails(String text) {
        await().atMost(PATIENCE).until(() -> details().contains(text));
        return details();
    }

    /** What the page shows. */
    public String text() {
        return script("return document.body.innerText").asText();
    }

    /** Where the links in all frames of the page lead. */
    List<String> linksInFrames() {
        return String.join("\n", inFrames("return [...document.links].map(link => link.href).join('\\n')"))
                .lines()
                .toList();
    }

    private String details() {
        return String.join("\n", inFrames("return document.body.innerText"));
    }

    /** What a script answers in each frame of the page; they are sandboxed. */
    private List<String> inFrames(String code) {
        int frames = script("return document.querySelectorAll('iframe').length").asInt();
        List<String> answers = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            var unusedOnEntry = post("/frame", object().put("id", frame));
            answers.add(script(code).asText());
            var unusedOnExit = post("/frame", object().putNull("id"));
        }
        return answers;
    }

    /** Keeps a picture of what is shown. */
    void picture(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(get("/screenshot").asText()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void close() {
        var unused = send(request("").DELETE().build());
        driver.close();
    }

    private String opened(String address) {
        ObjectNode capabilities = object();
        ArrayNode arguments = capabilities
                .putObject("capabilities")
                .putObject("alwaysMatch")
                .put("browserName", "chrome")
                .putObject("goog:chromeOptions")
                .putArray("args");
        Stream.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--window-size=1440,1100")
                .forEach(arguments::add);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/session"))
                .POST(BodyPublishers.ofString(capabilities.toString()))
                .build();
        return send(request).path("sessionId").asText();
    }

    private JsonNode script(String code) {
        ObjectNode body = object().put("script", code);
        body.putArray("args");
        return post("/execute/sync", body);
    }

    private JsonNode post(String path, JsonNode body) {
        return send(request(path).POST(BodyPublishers.ofString(body.toString())).build());
    }

    private JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(session + path));
    }

    private JsonNode send(HttpRequest request) {
        try {
            JsonNode answer =
                    JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            assertThat(answer.at("/value/error").asText()).as(answer.toString()).isEmpty();
            return answer.path("value");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
