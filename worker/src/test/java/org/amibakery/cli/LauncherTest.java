package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher in a clone whose Maven makes a jar at once, and whose product says no more than what it is told. */
class LauncherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String BUILDING = "Building AMI Bakery (once; later starts are quick) ...\n";
    private static final String ARCHIVED = "org.amibakery.cli.Echo source: shared objects file (top)";

    @TempDir
    private Path folder;

    private Path home;
    private Path jar;
    private Path archive;

    /** What a start printed, and how it ended. */
    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void a_clone_that_was_never_built() throws IOException {
        home = Files.createDirectories(folder.resolve("clone")).toRealPath();
        jar = home.resolve("worker/target/bakery.jar");
        archive = home.resolve("worker/target/bakery.jsa");
        Files.copy(Path.of("..", "bakery"), home.resolve("bakery"));
        Files.createDirectories(home.resolve("worker/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        program(folder.resolve("prepared.jar"));
        maven();
    }

    @Test
    void archives_the_classes_of_what_it_built_and_starts_with_them() throws Exception {
        assertThat(start("say", "hello")).isEqualTo(new Ran(0, "say hello\n", BUILDING));
        awaitArchive();

        assertThat(start("say", "hello")).isEqualTo(new Ran(0, "say hello\n", ""));
        assertThat(loaded("say")).contains(ARCHIVED);
    }

    @Test
    void takes_no_archive_for_what_needs_few_classes() throws Exception {
        start("say");
        awaitArchive();

        assertThat(loaded("--version"))
                .contains("org.amibakery.cli.Echo source: ")
                .doesNotContain(ARCHIVED);
    }

    @Test
    void takes_no_archive_of_an_older_jar() throws Exception {
        start("say");
        awaitArchive();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(start("say", "hello")).isEqualTo(new Ran(0, "say hello\n", ""));
        assertThat(loaded("say")).doesNotContain(ARCHIVED);
    }

    @Test
    void goes_without_an_archive_of_another_jar_and_says_nothing() throws Exception {
        start("say");
        awaitArchive();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(10)));

        assertThat(start("say", "hello")).isEqualTo(new Ran(0, "say hello\n", ""));
        assertThat(loaded("say")).doesNotContain(ARCHIVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no archive"})
    void goes_without_a_broken_archive_and_says_nothing(String content) throws Exception {
        start("say");
        awaitArchive();
        Files.delete(archive);
        Files.writeString(archive, content);

        assertThat(start("say", "hello")).isEqualTo(new Ran(0, "say hello\n", ""));
    }

    @Test
    void builds_as_well_where_no_archive_can_be_made() throws Exception {
        Process first = started(Map.of(Echo.FAILS_AT, "demo"), "say", "hello");

        assertThat(ran(first)).isEqualTo(new Ran(0, "say hello\n", BUILDING));
        awaitQuiet();

        assertThat(archive).doesNotExist();
        assertThat(start("say", "hello")).isEqualTo(new Ran(0, "say hello\n", ""));
    }

    @Test
    void two_shells_build_once() throws Exception {
        Process one = started(Map.of(), "say", "one");
        Process other = started(Map.of(), "say", "other");

        assertThat(List.of(ran(one).out(), ran(other).out())).containsExactly("say one\n", "say other\n");
        assertThat(folder.resolve("builds")).hasContent("built");
        assertThat(home.resolve("worker/target/build.lock")).doesNotExist();
        awaitArchive();
    }

    private Ran start(String... arguments) throws IOException, InterruptedException {
        return ran(started(Map.of(), arguments));
    }

    /** What it prints when the JVM tells where it takes its classes from. */
    private String loaded(String... arguments) throws IOException, InterruptedException {
        return ran(started(Map.of("JAVA_OPTS", "-Xlog:class+load"), arguments)).out();
    }

    private Process started(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", home.resolve("bakery").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().putAll(variables);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder.start();
    }

    private static Ran ran(Process process) throws IOException, InterruptedException {
        String out = text(process.getInputStream());
        String err = text(process.getErrorStream());
        return new Ran(process.waitFor(), out, err);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private void awaitArchive() {
        awaitQuiet();
        assertThat(archive).exists();
    }

    /** Waits until nothing of this clone runs. */
    private void awaitQuiet() {
        await().atMost(PATIENCE).until(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(home.toString())));
    }

    /** A Maven that builds the product by copying it. */
    private void maven() throws IOException {
        Path mvn = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(
                mvn,
                "#!/bin/sh%necho built >>'%s'%ncp '%s' worker/target/bakery.jar%n"
                        .formatted(folder.resolve("builds"), folder.resolve("prepared.jar")));
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwx------"));
    }

    /** Writes a jar of {@link Echo}. */
    private static void program(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String file = Echo.class.getName().replace('.', '/') + ".class";
        try (OutputStream written = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(written, manifest);
                InputStream compiled = Echo.class.getResourceAsStream("/" + file)) {
            entries.putNextEntry(new JarEntry(file));
            compiled.transferTo(entries);
        }
    }
}
