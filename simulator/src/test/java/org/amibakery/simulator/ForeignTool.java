package org.amibakery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of others that must work against the simulator unchanged. */
final class ForeignTool {
    private final String program;
    private final Simulator aws;

    private ForeignTool(String program, Simulator aws) {
        this.program = program;
        this.aws = aws;
    }

    /** Skips the test when the program is not on the PATH; in CI it must be there. */
    static ForeignTool require(String program, String howToInstall, Simulator aws) {
        boolean present = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        String message =
                program + " is not on the PATH, so nothing shows that it works against the simulator. " + howToInstall;
        if (System.getenv("CI") != null) {
            assertThat(present).as(message).isTrue();
        }
        if (!present) {
            System.err.println("Skipped: " + message); // the build's output does not show why a test was skipped
        }
        assumeTrue(present, message);
        return new ForeignTool(program, aws);
    }

    /** Runs it with the simulator's endpoint and credentials and tells its output; fails unless it exits with 0. */
    String succeeds(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = start(folder, output, arguments);
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as("ended within 2 minutes")
                .isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private Process start(Path folder, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("AWS_ACCESS_KEY_ID", aws.credentials().id());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", aws.credentials().secret());
        builder.environment().put("AWS_DEFAULT_REGION", aws.options().region());
        builder.environment().put("AWS_CONFIG_FILE", folder.resolve("none").toString());
        builder.environment()
                .put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_PAGER", "");
        builder.environment().put("AWS_POLL_DELAY_SECONDS", "1");
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        return builder.start();
    }
}
