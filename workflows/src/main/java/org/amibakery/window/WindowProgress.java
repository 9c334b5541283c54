package org.amibakery.window;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.change.ChangeVerdict;
import org.amibakery.change.RecipeChange;
import org.amibakery.recipe.ImageId;
import org.amibakery.workflow.WorkflowClock;
import org.slf4j.Logger;

/** Keeps what people see of a window's run: the query's answer, the Web UI's details, the log. */
final class WindowProgress {
    private static final Logger log = Workflow.getLogger(WindowProgress.class);

    private final String window;
    private final WindowHours hours;
    private final WindowEnd end;
    private final List<RecipeLine> lines = new ArrayList<>();
    private WindowState state = WindowState.RUNNING;
    private final List<RetentionLine> retention = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int failedRunsInARow;
    private Optional<String> paused = Optional.empty();
    private Optional<Instant> ended = Optional.empty();

    WindowProgress(MaintenanceWindow window, WindowHours hours, WindowEnd end) {
        this.window = window.name();
        this.hours = hours;
        this.end = end;
        for (BakeRequest recipe : window.recipes()) {
            lines.add(RecipeLine.waiting(nameOf(recipe.recipe(), lines.size() + 1)));
        }
    }

    private static String nameOf(JsonNode recipe, int number) {
        String name = recipe.path("name").asText();
        return name.isBlank() ? "recipe " + number : name;
    }

    Line line(int turn) {
        return new Line(turn);
    }

    void ended(WindowState how) {
        state = how;
        ended = Optional.of(WorkflowClock.now());
        log.info("The window ended. window={} state={} recipes={}", window, how, lines.size());
        show();
    }

    void retained(RetentionLine line) {
        retention.add(line);
        line.troubles()
                .forEach(trouble -> log.warn(
                        "Retention had trouble. window={} recipe={} reason={}", window, line.recipe(), trouble));
        show();
    }

    /** Nothing is to be done: the window was open at this time of this day already. */
    void isRepeated(LastRun last) {
        for (int turn = 0; turn < lines.size(); turn++) {
            line(turn).skipped("Clocks went back, and the window was open at this time of the day already.");
        }
        failedRunsInARow = last.failedInARow();
    }

    /** Whether a recipe has no image now that should have one; a person who cancels a bake knows why. */
    boolean hasFailed() {
        return lines.stream().anyMatch(this::isFailure);
    }

    private boolean isFailure(RecipeLine line) {
        return switch (line.state()) {
            case FAILED, LEFT_RUNNING -> true;
            case CANCELED -> end.hasCanceled();
            case WAITING, CHECKING, BAKING, JOINING, BAKED, JOINED, UNCHANGED, SKIPPED -> false;
        };
    }

    /** What failed and why, in words. */
    String failures() {
        return lines.stream()
                .filter(this::isFailure)
                .map(line -> "%s: %s".formatted(line.recipe(), line.message()))
                .collect(joining(" "));
    }

    void failedInARow(int runs) {
        failedRunsInARow = runs;
    }

    void paused(String why) {
        paused = Optional.of(why);
        log.warn("The window was paused. window={} reason={}", window, why);
    }

    void warn(String warning) {
        warnings.add(warning);
        log.warn(warning);
        show();
    }

    WindowReport report() {
        return new WindowReport(
                window,
                state,
                hours.opened(),
                hours.lastStart(),
                hours.closes(),
                ended,
                lines,
                retention,
                failedRunsInARow,
                paused,
                warnings,
                hours.due());
    }

    private void show() {
        Workflow.setCurrentDetails(WindowDetails.of(report()));
    }

    /** One recipe's line, by the events of its turn. */
    final class Line {
        private final int turn;

        private Line(int turn) {
            this.turn = turn;
        }

        String recipe() {
            return lines.get(turn).recipe();
        }

        void isChecked() {
            becomes(line -> line.is(RecipeState.CHECKING, ""));
        }

        void checked(RecipeChange change) {
            becomes(line -> line.because(change.reasons()));
            if (change.verdict() == ChangeVerdict.UNCHANGED) {
                becomes(line -> line.is(RecipeState.UNCHANGED, ""));
                change.newestImage().ifPresent(this::has);
            }
        }

        void bakes(String workflowId) {
            becomes(line -> line.is(RecipeState.BAKING, "").by(workflowId));
        }

        void joins() {
            becomes(line -> line.is(RecipeState.JOINING, "It ran already."));
        }

        void baked(BakeReport report) {
            becomes(line -> line.is(RecipeState.BAKED, String.join(" ", report.warnings())));
            report.image().ifPresent(this::has);
        }

        void joined(JoinedBake bake) {
            becomes(line -> line.is(joinedState(bake.state()), ("It ran already. " + bake.message()).strip()));
            bake.image().ifPresent(this::has);
        }

        void failed(String why) {
            becomes(line -> line.is(RecipeState.FAILED, why));
            log.warn("A recipe failed. window={} recipe={} reason={}", window, recipe(), why);
        }

        void skipped(String why) {
            becomes(line -> line.is(RecipeState.SKIPPED, why));
        }

        void canceled(String why) {
            becomes(line -> line.is(RecipeState.CANCELED, why));
        }

        void leftRunning(String why) {
            becomes(line -> line.is(RecipeState.LEFT_RUNNING, why));
        }

        private void has(ImageId image) {
            becomes(line -> line.with(image));
        }

        private void becomes(UnaryOperator<RecipeLine> change) {
            lines.set(turn, change.apply(lines.get(turn)));
            show();
        }
    }

    private static RecipeState joinedState(BakeState state) {
        return switch (state) {
            case COMPLETED -> RecipeState.JOINED;
            case CANCELED -> RecipeState.CANCELED;
            case FAILED, RUNNING, HELD, CLEANING_UP -> RecipeState.FAILED;
        };
    }
}
