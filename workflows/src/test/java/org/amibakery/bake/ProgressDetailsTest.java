package org.amibakery.bake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.amibakery.builder.InstanceId;
import org.amibakery.command.CommandResult;
import org.amibakery.recipe.ImageId;
import org.junit.jupiter.api.Test;

class ProgressDetailsTest {
    private static final Instant START = Instant.parse("2026-11-29T03:00:00Z");
    private static final InstanceId BUILDER = new InstanceId("i-0123456789abcdef0");

    @Test
    void links_an_id_where_it_comes_up_first() {
        String details = ProgressDetails.of(report(BakeState.COMPLETED, "", "cn-north-1"), Optional.empty());

        assertThat(details)
                .contains("| 2 | launch builder | completed | 03:00:20 | 10.0 s | [i-0123456789abcdef0](https://console"
                        + ".amazonaws.cn/ec2/home?region=cn-north-1#InstanceDetails:instanceId=i-0123456789abcdef0) |")
                .contains("| 9 | terminate builder | completed | 03:01:30 | 10.0 s | i-0123456789abcdef0 |");
    }

    @Test
    void shows_the_lines_of_a_command_as_they_are() {
        CommandNews command = CommandNews.begun("install packages", BUILDER, START)
                .ended(new CommandResult("c-1", "", "one | two\n```\n[three](four)"));

        String details = ProgressDetails.of(report(BakeState.RUNNING, "", "us-gov-west-1"), Optional.of(command));

        assertThat(details)
                .contains(
                        "Command \"install packages\" has ended; its last lines ([whole output](https://console"
                                + ".amazonaws-us-gov.com/systems-manager/run-command/c-1/i-0123456789abcdef0?region=us-gov-west-1)):")
                .contains("\n```\none | two\n'''\n[three](four)\n```\n");
    }

    @Test
    void stays_below_what_a_proxy_lets_through_however_much_there_is_to_say() {
        String failure = IntStream.range(0, 60)
                .mapToObj(line -> "E: the package of line " + line + " was not found")
                .collect(Collectors.joining("\n"));

        String details = ProgressDetails.of(report(BakeState.FAILED, failure, "us-east-1"), Optional.empty());

        assertThat(URLEncoder.encode(details, StandardCharsets.UTF_8)).hasSizeLessThan(8_000);
    }

    @Test
    void says_nothing_of_steps_when_the_request_was_refused() {
        BakeReport refused = new BakeReport(
                "bake/web/us-east-1",
                "run",
                "",
                "",
                BakeState.FAILED,
                steps(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                START,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "/colour: unknown key",
                List.of());

        assertThat(ProgressDetails.of(refused, Optional.empty()))
                .startsWith("**Refused before anything was made.**")
                .endsWith("/colour: unknown key\n\n")
                .doesNotContain("step");
    }

    private static BakeReport report(BakeState state, String failure, String region) {
        return new BakeReport(
                "bake/web/" + region,
                "run",
                "web",
                region,
                state,
                steps(),
                Optional.of(new ImageId("ami-00000000000000001")),
                Optional.of(BUILDER),
                Optional.of(new ImageId("ami-00000000000000002")),
                "web-20261129",
                START,
                Optional.of(START.plusSeconds(14_400)),
                List.of(),
                List.of("it is late"),
                List.of(),
                failure,
                List.of());
    }

    private static List<StepReport> steps() {
        return Stream.of(BakeStep.values())
                .map(step -> StepReport.pending(step)
                        .started(START.plusSeconds(10L * step.number()))
                        .ended(
                                StepState.COMPLETED,
                                START.plusSeconds(10L * step.number() + 10),
                                step == BakeStep.CREATE_IMAGE ? "ami-00000000000000002" : BUILDER.value()))
                .toList();
    }
}
