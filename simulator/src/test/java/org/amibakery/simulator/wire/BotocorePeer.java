package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A running botocore_peer.py: one line in, one line out. */
final class BotocorePeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    BotocorePeer() throws IOException {
        process = new ProcessBuilder(
                        "python3", Path.of("src/test/python/botocore_peer.py").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = process.outputWriter(UTF_8);
        out = process.inputReader(UTF_8);
    }

    /** Tells whether Python and botocore are installed. */
    static boolean isInstalled() throws InterruptedException {
        try {
            Process check = new ProcessBuilder("python3", "-c", "import botocore")
                    .redirectErrorStream(true)
                    .start();
            return check.waitFor(60, TimeUnit.SECONDS) && check.exitValue() == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    JsonNode ask(JsonNode question) throws IOException {
        in.write(JSON.writeValueAsString(question));
        in.newLine();
        in.flush();
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("botocore_peer.py ended early; its error stream says why");
        }
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
