package org.amibakery.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalInstallerTest {
    private static final String ARCHIVE = "/v1.5.1/temporal_cli_1.5.1_linux_amd64.tar.gz";
    private static final String CHECKSUMS = "/v1.5.1/checksums.txt";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new HashMap<>();
    private HttpServer releases;
    private Path binary;

    @BeforeEach
    void a_mirror_answers() throws Exception {
        releases = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        releases.createContext("/", exchange -> {
            byte[] content = files.getOrDefault(exchange.getRequestURI().getPath(), new byte[0]);
            exchange.sendResponseHeaders(content.length == 0 ? 404 : 200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        releases.start();
        binary = folder.resolve(Path.of("cache", "temporal"));
    }

    @AfterEach
    void the_mirror_ends() {
        releases.stop(0);
    }

    @Test
    void installs_the_program_that_the_release_describes() throws Exception {
        byte[] archive = archive();
        files.put(ARCHIVE, archive);
        describe(sha256(archive));

        installer("amd64").install(binary);

        assertThat(binary).isExecutable().hasContent("#!/bin/sh\necho temporal\n");
        try (var beside = Files.list(binary.getParent())) {
            assertThat(beside).containsExactly(binary);
        }
    }

    @Test
    void installs_nothing_whose_checksum_is_another() throws Exception {
        files.put(ARCHIVE, archive());
        describe("0".repeat(64));

        assertThatThrownBy(() -> installer("amd64").install(binary))
                .isInstanceOf(DevTrouble.class)
                .hasMessageContaining("its release says 000")
                .hasMessageContaining("Nothing was installed");
        assertThat(binary).doesNotExist();
    }

    @Test
    void installs_nothing_that_the_release_does_not_name() throws Exception {
        describe("0".repeat(64));

        assertThatThrownBy(() -> installer("aarch64").install(binary))
                .isInstanceOf(DevTrouble.class)
                .hasMessageContaining("names no checksum of temporal_cli_1.5.1_linux_arm64.tar.gz");
        assertThat(binary).doesNotExist();
    }

    @Test
    void tells_how_else_to_get_it_where_it_is_missing() {
        Map<String, String> environment = Map.of("PATH", folder.toString(), "HOME", folder.toString());

        assertThatThrownBy(() -> TemporalCli.find(environment))
                .isInstanceOf(DevTrouble.class)
                .hasMessageContaining("brew install temporal")
                .hasMessageContaining("https://docs.temporal.io/cli")
                .hasMessageContaining("bakery dev --install-temporal");
    }

    private TemporalInstaller installer(String processor) {
        return new TemporalInstaller("http://127.0.0.1:" + releases.getAddress().getPort(), "Linux", processor);
    }

    private void describe(String digest) {
        String line = digest + "  " + ARCHIVE.substring(ARCHIVE.lastIndexOf('/') + 1) + "\n";
        files.put(CHECKSUMS, line.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] archive() throws Exception {
        Path program = Files.writeString(folder.resolve("temporal"), "#!/bin/sh\necho temporal\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path archive = folder.resolve("archive.tar.gz");
        Process tar =
                new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder.toString(), "temporal").start();
        assertThat(tar.waitFor()).isZero();
        Files.delete(program);
        return Files.readAllBytes(archive);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
