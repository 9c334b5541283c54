package org.amibakery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.StepReport;
import org.amibakery.bake.StepState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BakeBlockTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant NOW = START.plusSeconds(75);

    @Test
    void shows_steps_that_are_done_under_way_and_to_come() {
        assertThat(block(100).lines(bake()))
                .startsWith(
                        "web in us-east-1 · running · 1 min 15 s · about 2 min 45 s left",
                        "  ✓  1 find foundation image         1.5 s  ami-1 al2023",
                        "  *  2 launch builder           1 min 13 s  attempt 2: Instance i-1 is pending",
                        "  ·  3 verify agent");
    }

    @Test
    void shows_what_hinders_below_the_steps() {
        List<String> lines = block(100).lines(bake().hindered("No worker polls."));

        assertThat(lines.get(lines.size() - 1)).isEqualTo("     ! No worker polls.");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 44, 45, 60, 79, 200})
    void never_draws_wider_than_the_terminal(int width) {
        BakeSighting hindered = bake().hindered("No worker polls the task queue ami-bakery of namespace default.");

        assertThat(block(width).lines(hindered)).hasSize(13).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(width));
    }

    private static BakeBlock block(int width) {
        return new BakeBlock(Palette.PLAIN, width, NOW, "*");
    }

    private static BakeSighting bake() {
        List<StepReport> steps =
                Arrays.stream(BakeStep.values()).map(BakeBlockTest::step).toList();
        BakeReport report = new BakeReport(
                "bake/web/us-east-1",
                "run",
                "web",
                "us-east-1",
                BakeState.RUNNING,
                steps,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "web-1",
                START,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
        return new BakeSighting(
                report.workflowId(),
                BakeSighting.Sight.UNDER_WAY,
                Optional.of(report),
                List.of("Instance i-1 is pending"),
                List.of(),
                "",
                Optional.of(Duration.ofMinutes(4)));
    }

    private static StepReport step(BakeStep step) {
        Instant second = START.plusMillis(1_500);
        return switch (step.number()) {
            case 1 ->
                new StepReport(step, StepState.COMPLETED, Optional.of(START), Optional.of(second), 1, "ami-1 al2023");
            case 2 -> new StepReport(step, StepState.RUNNING, Optional.of(second), Optional.empty(), 2, "");
            default -> new StepReport(step, StepState.PENDING, Optional.empty(), Optional.empty(), 0, "");
        };
    }
}
