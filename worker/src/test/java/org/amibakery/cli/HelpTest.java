package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.amibakery.cli.CommandTrial.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
    static Stream<String> commands() {
        return Bakery.commandLine(Surroundings.ofProcess()).getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getKey().equals("help") && !command.getKey().equals("completion"))
                .flatMap(command -> Stream.concat(
                        Stream.of(command.getKey()),
                        command.getValue().getSubcommands().keySet().stream()
                                .map(name -> command.getKey() + " " + name)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shows_an_example_and_the_exit_codes(String command) {
        Ran ran = new CommandTrial().run((command + " --help").split(" ", -1));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: bakery " + command)
                .contains("--output=FORMAT", "--color=WHEN", "--debug")
                .contains(String.format("Exit codes:%n      0   Done.%n"))
                .contains("    130   Interrupted; a bake goes on.")
                .contains(String.format("Example:%n  "));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void reads_like_this() {
        Ran ran = new CommandTrial().run("hold", "--help");

        assertThat(ran.out())
                .isEqualToNormalizingNewlines(
                        """
                        Usage: bakery hold [OPTIONS] ID
                        Keep a bake's builder for so long should the bake fail, or longer if it is held already.
                              ID                A bake: bake/RECIPE/REGION, or RECIPE while it is baked in one region.

                        Options:
                              --color=WHEN      Colours: auto, always, never. Default: auto; NO_COLOR is honoured.
                              --debug           Show the log and, should the command fail, every detail.
                              --for=DURATION    How long, with its unit, such as 2h; not beyond the builder's expiry.
                          -h, --help            Show this help.
                          -o, --output=FORMAT   How the result is written: text, json, jsonl, none. Default: text.

                        Exit codes:
                              0   Done.
                              1   Something unexpected; --debug tells more.
                              2   Wrong usage, or a file or request that cannot be used.
                              3   The bake, or the check, failed.
                              4   Temporal or AWS cannot be reached, or refuses the credentials.
                              5   The wait ended while the bake goes on.
                            130   Interrupted; a bake goes on.

                        Example:
                          bakery hold amazon-linux-2023-base --for 2h
                        """);
    }

    @Test
    void completes_commands_in_shells() {
        Ran ran = new CommandTrial().run("completion");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("validate", "complete -F");
    }

    @Test
    void tells_the_version() {
        Ran ran = new CommandTrial().run("--version");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("bakery ");
    }

    @Test
    void needs_no_class_of_temporal_or_aws() throws IOException, InterruptedException {
        Process help = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bakery.class.getName(),
                        "bake",
                        "--help")
                .start();
        String loaded = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(help.waitFor()).isZero();
        assertThat(loaded).contains("org.amibakery.cli.BakeCommand").doesNotContain("io.temporal.", "software.amazon.");
    }
}
