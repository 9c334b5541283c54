package org.amibakery.command.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * Reads what a command wrote. SSM keeps the beginning (GetCommandInvocation: 24,000 characters of output, 8,000 of
 * errors), but people need the end, which is on S3 if the command's output went there.
 */
final class CommandOutputs {
    private static final int KEPT_OUTPUT = 24_000;
    private static final int KEPT_ERRORS = 8_000;

    /** ListCommandInvocations, CommandPlugin.Output; the agent counts bytes. */
    private static final int KEPT_OF_A_STEP = 2_500;

    private static final String CUT = "---Output truncated---";
    private static final String ERRORS_CUT = "---Error truncated----";

    /** How the agent joins both outputs into the one that a list shows. */
    private static final String ERRORS_FOLLOW = "\n----------ERROR-------\n";

    private static final String END = "bytes=-8192";

    private static final Logger log = LoggerFactory.getLogger(CommandOutputs.class);

    private final S3Client s3;

    CommandOutputs(S3Client s3) {
        this.s3 = s3;
    }

    CommandOutput of(GetCommandInvocationResponse invocation) {
        return new CommandOutput(
                whole(invocation.standardOutputContent(), KEPT_OUTPUT)
                        .or(() -> end(invocation.standardOutputUrl()))
                        .orElseGet(() -> text(invocation.standardOutputContent())),
                whole(invocation.standardErrorContent(), KEPT_ERRORS)
                        .or(() -> end(invocation.standardErrorUrl()))
                        .orElseGet(() -> text(invocation.standardErrorContent())));
    }

    /** What the steps of one document wrote, one after the other, errors among it. */
    CommandOutput of(List<CommandPlugin> steps) {
        String written = steps.stream()
                .map(step -> whole(step.output(), KEPT_OF_A_STEP)
                        .or(() -> end(step.standardOutputUrl()))
                        .orElseGet(() -> text(step.output())))
                .collect(Collectors.joining("\n"));
        return new CommandOutput(written, "");
    }

    /** What the steps wrote, if a list shows all of it. */
    static Optional<CommandOutput> whole(List<CommandPlugin> steps) {
        StringJoiner output = new StringJoiner("\n");
        StringJoiner errors = new StringJoiner("\n");
        for (CommandPlugin step : steps) {
            String shown = text(step.output());
            if (isCut(shown)) {
                return Optional.empty();
            }
            int separator = shown.indexOf(ERRORS_FOLLOW);
            output.add(separator < 0 ? shown : shown.substring(0, separator));
            errors.add(separator < 0 ? "" : shown.substring(separator + ERRORS_FOLLOW.length()));
        }
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new CommandOutput(output.toString(), errors.toString()));
    }

    private static boolean isCut(String shown) {
        return shown.getBytes(UTF_8).length >= KEPT_OF_A_STEP || shown.contains(CUT) || shown.contains(ERRORS_CUT);
    }

    private static Optional<String> whole(String content, int mostKept) {
        return Optional.of(text(content)).filter(kept -> kept.length() < mostKept);
    }

    private static String text(String content) {
        return content == null ? "" : content;
    }

    /** The end of the object behind a path-style URL; absent when there is none or it cannot be read. */
    private Optional<String> end(String url) {
        String path = url == null || url.isBlank() ? "" : URI.create(url).getPath();
        int slash = path.indexOf('/', 1);
        if (slash < 0) {
            return Optional.empty();
        }
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(path.substring(1, slash))
                .key(path.substring(slash + 1))
                .range(END)
                .build();
        try {
            // not asUtf8String, which refuses the half of a character that the range may begin with, and whatever is no
            // UTF-8
            return Optional.of(new String(s3.getObjectAsBytes(request).asByteArrayUnsafe(), UTF_8));
        } catch (SdkException unreadable) { // the beginning has to do
            log.info("The end of a command's output could not be read url={}", url, unreadable);
            return Optional.empty();
        }
    }
}
