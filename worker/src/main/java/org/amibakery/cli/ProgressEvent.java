package org.amibakery.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.StepReport;
import org.amibakery.bake.StepState;

/**
 * Tells one thing that happened to a bake.
 *
 * @param state of the bake or the step, in lower case; empty for a wait and a note
 * @param took how long it took, if it ended
 */
record ProgressEvent(
        Instant at,
        String workflowId,
        Kind kind,
        Optional<BakeStep> step,
        String state,
        String detail,
        Optional<Duration> took) {

    ProgressEvent {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
    }

    /** Says what an event is about. */
    enum Kind {
        BAKE,
        STEP,
        WAITING,
        CLEANUP,
        NOTE
    }

    /** What happened between two looks at a bake; steps that ran in between have only their ends told. */
    static List<ProgressEvent> between(BakeSighting before, BakeSighting after, Instant now) {
        List<ProgressEvent> events = new ArrayList<>();
        after.report().ifPresent(report -> {
            if (before.report().isEmpty()) {
                events.add(bake(report, report.startedAt(), "started"));
            }
            steps(before.report().map(BakeReport::steps).orElse(List.of()), report, events);
            if (before.report().map(BakeReport::state).orElse(BakeState.RUNNING) != report.state()
                    && !after.isEnded()) {
                events.add(bake(report, now, words(report.state())));
            }
        });
        if (!after.note().isEmpty() && !after.note().equals(before.note())) {
            events.add(new ProgressEvent(
                    now, after.workflowId(), Kind.NOTE, Optional.empty(), "", after.note(), Optional.empty()));
        }
        after.waits().stream()
                .filter(wait -> !before.waits().contains(wait))
                .forEach(wait -> events.add(waiting(after, wait, now)));
        after.cleanup().stream()
                .filter(act -> !before.cleanup().contains(act))
                .forEach(act -> events.add(cleanup(after, act, now)));
        if (after.isEnded() && !before.isEnded()) {
            after.report().ifPresent(report -> events.add(end(report, now)));
        }
        return events;
    }

    static String words(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void steps(List<StepReport> before, BakeReport report, List<ProgressEvent> events) {
        for (StepReport step : report.steps()) {
            Optional<StepReport> earlier =
                    before.stream().filter(one -> one.step() == step.step()).findFirst();
            boolean changed = earlier.map(StepReport::state).orElse(StepState.PENDING) != step.state();
            boolean triedAgain = earlier.map(StepReport::attempts).orElse(1) < step.attempts() && step.attempts() > 1;
            if (changed || triedAgain) {
                events.add(step(report, step));
            }
        }
    }

    private static ProgressEvent step(BakeReport report, StepReport step) {
        Instant at = step.endedAt().or(step::startedAt).orElse(report.startedAt());
        String state = step.state() == StepState.RUNNING
                ? step.attempts() > 1 ? "attempt " + step.attempts() : "started"
                : words(step.state());
        return new ProgressEvent(
                at,
                report.workflowId(),
                Kind.STEP,
                Optional.of(step.step()),
                state,
                step.detail(),
                step.endedAt().flatMap(end -> Took.of(step, end)));
    }

    private static ProgressEvent waiting(BakeSighting bake, String wait, Instant now) {
        Optional<BakeStep> step = bake.report().flatMap(report -> report.steps().stream()
                .filter(one -> one.state() == StepState.RUNNING)
                .map(StepReport::step)
                .findFirst());
        return new ProgressEvent(now, bake.workflowId(), Kind.WAITING, step, "", wait, Optional.empty());
    }

    private static ProgressEvent cleanup(BakeSighting bake, CleanupAct act, Instant now) {
        return new ProgressEvent(
                now, bake.workflowId(), Kind.CLEANUP, Optional.empty(), words(act), act.what(), Optional.empty());
    }

    static String words(CleanupAct act) {
        return act.state() == StepState.RUNNING ? "started" : words((Enum<?>) act.state());
    }

    private static ProgressEvent bake(BakeReport report, Instant at, String state) {
        return new ProgressEvent(at, report.workflowId(), Kind.BAKE, Optional.empty(), state, "", Optional.empty());
    }

    private static ProgressEvent end(BakeReport report, Instant now) {
        Instant end = BakeSummary.endOf(report).orElse(now);
        return new ProgressEvent(
                end,
                report.workflowId(),
                Kind.BAKE,
                Optional.empty(),
                words(report.state()),
                report.state() == BakeState.COMPLETED
                        ? report.image().map(Object::toString).orElse("")
                        : report.failure(),
                Optional.of(Duration.between(report.startedAt(), end)));
    }
}
