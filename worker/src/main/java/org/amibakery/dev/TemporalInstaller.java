package org.amibakery.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Fetches Temporal's CLI from its releases, {@value TemporalCli#VERSION} and no other, and installs it once its SHA-256 is the one
 * that the release publishes. Takes {@code tar}, which Linux, macOS and Windows have.
 */
public final class TemporalInstaller {
    /** Where Temporal publishes its releases. */
    public static final String RELEASES = "https://github.com/temporalio/cli/releases/download";

    private static final Duration CONNECTING = Duration.ofSeconds(20);
    private static final Duration DOWNLOADING = Duration.ofMinutes(10);

    private final URI release;
    private final String platform;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
            .build();

    /**
     * Takes the releases, or a mirror of them, and the machine.
     *
     * @param system as the JVM names it in {@code os.name}
     * @param processor as the JVM names it in {@code os.arch}
     */
    public TemporalInstaller(String releases, String system, String processor) {
        requireNonNull(releases, "releases");
        release = URI.create("%s/v%s/".formatted(releases.replaceAll("/+$", ""), TemporalCli.VERSION));
        platform = platform(system.toLowerCase(Locale.ROOT), processor.toLowerCase(Locale.ROOT));
    }

    /**
     * Installs the program there, whole or not at all.
     *
     * @throws DevTrouble when it cannot be fetched, or is not what the release says
     */
    public void install(Path binary) {
        String archive = "temporal_cli_%s_%s.tar.gz".formatted(TemporalCli.VERSION, platform);
        String expected = checksum(new String(fetch("checksums.txt"), UTF_8), archive);
        byte[] content = fetch(archive);
        String actual = sha256(content);
        if (!actual.equals(expected)) {
            throw new DevTrouble(
                    "%s has the SHA-256 %s, but its release says %s. Nothing was installed. Try again; if it stays so, do not use it."
                            .formatted(release.resolve(archive), actual, expected));
        }
        try {
            unpack(content, binary);
        } catch (IOException unwritable) {
            throw new DevTrouble("%s could not be written: %s".formatted(binary, unwritable), unwritable);
        }
    }

    private static void unpack(byte[] archive, Path binary) throws IOException {
        Path folder = Files.createDirectories(binary.toAbsolutePath().getParent());
        Path unpacked = Files.createTempDirectory(folder, "unpacked");
        Path file = unpacked.resolve("archive.tar.gz");
        Path program = unpacked.resolve(binary.getFileName());
        try {
            Files.write(file, archive);
            Process tar = new ProcessBuilder(
                            "tar",
                            "-xzf",
                            file.toString(),
                            "-C",
                            unpacked.toString(),
                            program.getFileName().toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(tar.getInputStream().readAllBytes(), UTF_8);
            if (tar.waitFor() != 0) {
                throw new DevTrouble("The archive of Temporal's CLI could not be unpacked: " + said.strip());
            }
            Files.move(program, binary, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DevTrouble("Interrupted; nothing was installed.", interrupted);
        } finally {
            Files.deleteIfExists(program);
            Files.deleteIfExists(file);
            Files.deleteIfExists(unpacked);
        }
    }

    private byte[] fetch(String name) {
        URI address = release.resolve(name);
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(address).timeout(DOWNLOADING).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new DevTrouble(
                        "%s answered with status %d. Nothing was installed.".formatted(address, response.statusCode()));
            }
            return response.body();
        } catch (IOException unreachable) {
            throw new DevTrouble(
                    "%s cannot be fetched: %s. Nothing was installed. Behind a proxy, set JAVA_OPTS=-Dhttps.proxyHost=HOST, or name a mirror by --from."
                            .formatted(address, unreachable),
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DevTrouble("Interrupted; nothing was installed.", interrupted);
        }
    }

    /** Reads lines of digest, blanks, name. */
    private String checksum(String checksums, String archive) {
        Optional<String> digest = checksums
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length == 2 && words[1].equals(archive))
                .map(words -> words[0].toLowerCase(Locale.ROOT))
                .findFirst();
        return digest.orElseThrow(() -> new DevTrouble("%s names no checksum of %s. Nothing was installed."
                .formatted(release.resolve("checksums.txt"), archive)));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JVM has SHA-256", impossible);
        }
    }

    private static String platform(String system, String processor) {
        String kind = system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system;
        String width =
                switch (processor) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default ->
                        throw new DevTrouble(
                                "Temporal publishes no CLI for the processor %s; build it with: go install github.com/temporalio/cli/cmd/temporal@v%s"
                                        .formatted(processor, TemporalCli.VERSION));
                };
        return kind + "_" + width;
    }
}
