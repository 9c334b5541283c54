package org.amibakery.bake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amibakery.notification.Notification;
import org.amibakery.recipe.ImageId;

/** Writes what people are told of the end of a bake. */
final class BakeNotice {
    private BakeNotice() {}

    static Notification of(BakeReport report, String topic) {
        String state = report.state().name().toLowerCase(Locale.ROOT);
        String subject = "Bake %s in %s %s%s"
                .formatted(
                        report.recipe(),
                        report.region(),
                        state,
                        report.image().map(ImageId::value).map(id -> ": " + id).orElse(""));
        return new Notification(
                subject,
                Stream.of(
                                Stream.of(subject, "", report.failure()),
                                report.warnings().stream().map(warning -> "Warning: " + warning),
                                report.leaked().stream().map(leftover -> "Left behind: " + leftover),
                                Stream.of("Workflow %s, run %s.".formatted(report.workflowId(), report.runId())))
                        .flatMap(lines -> lines)
                        .filter(line -> !line.isBlank())
                        .collect(Collectors.joining("\n")),
                Map.of("kind", "bake", "name", report.recipe(), "region", report.region(), "state", state),
                Optional.of(topic));
    }
}
