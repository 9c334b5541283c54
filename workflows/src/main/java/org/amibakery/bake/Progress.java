package org.amibakery.bake;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.command.CommandResult;
import org.amibakery.failure.Failures;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.recipe.ImageId;
import org.amibakery.retention.RetentionReport;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.workflow.WorkflowClock;
import org.slf4j.Logger;

/** Keeps what people see of a bake: the query's answer, the Web UI's details, the search attributes. */
final class Progress implements LaunchProgress {
    private static final Logger log = Workflow.getLogger(Progress.class);

    private final WorkflowInfo info;
    private final Instant startedAt = WorkflowClock.now();
    private final Map<BakeStep, StepReport> steps = new EnumMap<>(BakeStep.class);
    private final Map<String, StageReport> stages = new LinkedHashMap<>();
    private final List<ImageVerdict> deleted = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> leaked = new ArrayList<>();
    private BakeState state = BakeState.RUNNING;
    private Optional<BakePlan> plan = Optional.empty();
    private Optional<ImageId> foundationImage = Optional.empty();
    private Optional<InstanceId> builder = Optional.empty();
    private Optional<ImageId> image = Optional.empty();
    private Optional<CommandNews> command = Optional.empty();
    private BakeSearchAttributes searchAttributes = BakeSearchAttributes.none();
    private String failure = "";
    private int withdrawn;

    Progress(WorkflowInfo info) {
        this.info = info;
        for (BakeStep step : BakeStep.values()) {
            steps.put(step, StepReport.pending(step));
        }
    }

    void planned(BakePlan planned) {
        plan = Optional.of(planned);
        searchAttributes = BakeSearchAttributes.of(planned);
    }

    /** Runs one step, and tells of its start and its end. */
    <R> R step(BakeStep step, Functions.Func<R> action) {
        update(steps.get(step).started(WorkflowClock.now()));
        searchAttributes.step(step);
        show();
        try {
            R result = action.apply();
            end(step, StepState.COMPLETED, steps.get(step).detail());
            return result;
        } catch (TemporalFailure stopped) {
            StepState how = Failures.isCancellation(stopped) ? StepState.CANCELED : StepState.FAILED;
            end(step, how, Failures.rootMessage(stopped));
            throw stopped;
        }
    }

    void found(FoundationImage found) {
        foundationImage = Optional.of(found.id());
        note(BakeStep.FIND_FOUNDATION_IMAGE, "%s %s".formatted(found.id(), found.name()));
    }

    @Override
    public void awaitingTurn(LaunchCandidate candidate) {
        note(BakeStep.LAUNCH_BUILDER, "launches %s when it is its turn".formatted(candidate));
    }

    @Override
    public void launched(InstanceId launched, LaunchCandidate candidate) {
        builder = Optional.of(launched);
        searchAttributes.builder(launched);
        note(BakeStep.LAUNCH_BUILDER, "%s %s".formatted(launched, candidate));
    }

    @Override
    public void launchingAgain(String why) {
        update(steps.get(BakeStep.LAUNCH_BUILDER).triedAgain(why));
        log.info("Launching from the next candidate: {}", why);
        show();
    }

    void created(ImageId created) {
        image = Optional.of(created);
        searchAttributes.image(created);
        note(BakeStep.CREATE_IMAGE, created.toString());
    }

    void commandBegan(String label, InstanceId instance) {
        command = Optional.of(CommandNews.begun(label, instance, WorkflowClock.now()));
        show();
    }

    void commandEnded(CommandResult result) {
        command = command.map(begun -> begun.ended(result));
        show();
    }

    /** Says in a few words what a step came to, or is doing. */
    void note(BakeStep step, String what) {
        update(steps.get(step).noted(what));
        show();
    }

    /** Tells how a stage beside the steps stands. */
    void stage(StageReport stage) {
        stages.put(stage.stage(), stage);
        show();
    }

    void retained(RetentionReport report) {
        deleted.addAll(report.deleted());
        withdrawn += report.withdrawn().size();
        String more = withdrawn == 0 ? "" : ", %d deprecated or disabled".formatted(withdrawn);
        note(BakeStep.DELETE_OLD_IMAGES, "%d deleted%s, %d kept".formatted(deleted.size(), more, report.keptCount()));
        report.failed().forEach(failed -> warn("Old image %s stays: %s".formatted(failed.id(), failed.reason())));
    }

    /** Notes what does not stop the bake but wants attention. */
    void warn(String warning) {
        warnings.add(warning);
        log.warn(warning);
        show();
    }

    void held(Instant until) {
        state = BakeState.HELD;
        warn("Builder %s is held for debugging until %s."
                .formatted(builder.map(InstanceId::value).orElse("none"), until));
    }

    void cleaningUp() {
        state = BakeState.CLEANING_UP;
        show();
    }

    @Override
    public void leftBehind(List<String> leftovers) {
        leaked.addAll(leftovers);
    }

    void ended(BakeState how, String why) {
        state = how;
        failure = why;
        if (how == BakeState.FAILED) {
            log.warn(why);
        } else {
            log.info(
                    "The bake ended {}. image={}",
                    how,
                    image.map(ImageId::value).orElse("none"));
        }
        show();
    }

    BakeReport report() {
        return new BakeReport(
                info.getWorkflowId(),
                info.getRunId(),
                plan.map(BakePlan::recipe).orElse(""),
                plan.map(planned -> planned.region().name()).orElse(""),
                state,
                List.copyOf(steps.values()),
                foundationImage,
                builder,
                image,
                plan.map(planned -> planned.image().name()).orElse(""),
                startedAt,
                plan.map(BakePlan::deadline),
                deleted,
                warnings,
                leaked,
                failure,
                List.copyOf(stages.values()));
    }

    private void end(BakeStep step, StepState how, String what) {
        update(steps.get(step).ended(how, WorkflowClock.now(), what));
        log.info("Step {} of {} ({}) ended {}. {}", step.number(), BakeStep.COUNT, step.words(), how, what);
        show();
    }

    private void update(StepReport step) {
        steps.put(step.step(), step);
    }

    private void show() {
        Workflow.setCurrentDetails(ProgressDetails.of(report(), command));
    }
}
