package org.amibakery.reaper;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.failure.Failures;
import org.amibakery.recipe.Durations;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.ActivityProfiles;
import org.amibakery.workflow.WorkflowClock;

/** Removes what no living bake owns: two looks, and a removal of what both showed. */
public final class ReaperWorkflowImpl implements ReaperWorkflow {
    /** Few enough to be removed within one attempt of an activity, throttles included. */
    private static final int BATCH = 25;

    /** Instances take a minute or two; one that takes longer is looked at by the next run. */
    private static final Duration GONE_WITHIN = Duration.ofMinutes(10);

    /** Each wait costs some history; the instances beyond it go as well, and the next run sees to their volumes. */
    private static final int MOST_AWAITED = 50;

    private final ReaperRequest request;
    private final ReaperProgress progress;
    private Territory territory;

    @WorkflowInit
    public ReaperWorkflowImpl(ReaperRequest asked) {
        // a client that sends no input gets a plan
        request = asked == null ? new ReaperRequest(ReaperMode.PLAN, Optional.empty(), Optional.empty()) : asked;
        progress = new ReaperProgress(request.mode());
    }

    @Override
    public ReaperReport reap(ReaperRequest asked) {
        territory = findRegions();
        List<Sighting> suspicious = lookEverywhere();
        if (request.mode() == ReaperMode.REMOVE && !suspicious.isEmpty()) {
            settle();
            Map<Region, List<Verdict>> orphans = lookAgain(suspicious);
            remove(orphans);
            awaitGone();
        }
        progress.completed();
        return progress.report();
    }

    private Territory findRegions() {
        Territory found = activities("find the account's regions").findRegions(new FindRegions(request.stack()));
        progress.looksIn(found);
        return found;
    }

    /** Returns what was seen where there are orphans. */
    private List<Sighting> lookEverywhere() {
        Map<Region, Promise<Sighting>> looks = new LinkedHashMap<>();
        territory.regions().forEach(region -> looks.put(region, look(region, List.of())));
        List<Sighting> suspicious = new ArrayList<>();
        looks.forEach((region, look) -> outcome(look, why -> progress.isOutOfReach(region, why))
                .ifPresent(sighting -> {
                    progress.saw(sighting);
                    if (!sighting.orphans().isEmpty()) {
                        suspicious.add(sighting);
                    }
                }));
        return suspicious;
    }

    private Promise<Sighting> look(Region region, List<Resource> suspects) {
        return Async.function(
                activities("look for orphans in " + region)::look,
                new LookForOrphans(territory.stack(), region, suspects, Optional.of(WorkflowClock.now())));
    }

    private void settle() {
        progress.settles();
        Duration time = request.settle().orElse(ReaperRequest.USUAL_SETTLE);
        if (time.isNegative() || time.isZero()) {
            return;
        }
        String summary = "wait %s, then look again: what is being made or removed now is no orphan then"
                .formatted(Durations.text(time));
        Workflow.newTimer(time, TimerOptions.newBuilder().setSummary(summary).build())
                .get();
    }

    /** Returns by region what was an orphan at both looks; a region that is out of reach now has none. */
    private Map<Region, List<Verdict>> lookAgain(List<Sighting> suspicious) {
        progress.looksAgain();
        Map<Sighting, Promise<Sighting>> looks = new LinkedHashMap<>();
        suspicious.forEach(first -> looks.put(first, look(first.region(), first.suspects())));
        Map<Region, List<Verdict>> both = new LinkedHashMap<>();
        looks.forEach((first, look) -> outcome(look, why -> progress.isOutOfReach(first.region(), why))
                .ifPresent(second -> both.put(first.region(), seenTwice(first, second))));
        return both;
    }

    private List<Verdict> seenTwice(Sighting first, Sighting second) {
        List<Resource> still = second.suspects();
        List<Verdict> twice = new ArrayList<>();
        for (Verdict orphan : first.orphans()) {
            if (still.contains(orphan.resource())) {
                twice.add(orphan);
            } else {
                progress.keeps(second.keeping(orphan.resource())
                        .orElse(orphan.because("was gone at the second look, without our doing")));
            }
        }
        return twice;
    }

    /** Region beside region, batch after batch, since an image can only go after the instance that runs it. */
    private void remove(Map<Region, List<Verdict>> orphans) {
        progress.removes();
        int most = orphans.values().stream().mapToInt(List::size).max().orElse(0);
        for (int from = 0; from < most; from += BATCH) {
            Map<List<Verdict>, Promise<Removals>> batches = new LinkedHashMap<>();
            for (Map.Entry<Region, List<Verdict>> region : orphans.entrySet()) {
                List<Verdict> all = region.getValue();
                List<Verdict> batch = all.subList(Math.min(from, all.size()), Math.min(from + BATCH, all.size()));
                if (!batch.isEmpty()) {
                    batches.put(batch, remove(region.getKey(), batch));
                }
            }
            batches.forEach((batch, removal) -> outcome(
                            removal, why -> batch.forEach(orphan -> progress.failed(orphan.because(why))))
                    .ifPresent(progress::settled));
        }
    }

    private Promise<Removals> remove(Region region, List<Verdict> batch) {
        ReaperActivities removals = Workflow.newActivityStub(
                ReaperActivities.class,
                ActivityProfiles.function("remove %d orphans in %s".formatted(batch.size(), region)));
        return Async.function(
                removals::remove,
                new RemoveOrphans(
                        territory.stack(),
                        region,
                        batch.stream().map(Verdict::resource).toList(),
                        Optional.of(WorkflowClock.now())));
    }

    /** What comes with an instance is only gone with it, or left over then: the wait deletes such volumes. */
    private void awaitGone() {
        progress.confirms();
        Map<Resource, Promise<Void>> waits = new LinkedHashMap<>();
        progress.report().removed().stream()
                .map(Verdict::resource)
                .filter(resource -> resource.kind() == ResourceKind.INSTANCE)
                .limit(MOST_AWAITED)
                .forEach(instance -> waits.put(instance, awaitGone(instance)));
        waits.forEach((instance, gone) -> outcome(
                gone,
                why -> progress.warn("%s was told to terminate and has not been seen gone: %s The next run looks again."
                        .formatted(instance, why))));
    }

    private static Promise<Void> awaitGone(Resource instance) {
        BuilderActivities builders = Workflow.newActivityStub(
                BuilderActivities.class, ActivityProfiles.wait("see %s gone".formatted(instance.id()), GONE_WITHIN));
        return Async.procedure(builders::awaitGone, new BuilderRef(instance.region(), new InstanceId(instance.id())));
    }

    private static ReaperActivities activities(String summary) {
        return Workflow.newActivityStub(ReaperActivities.class, ActivityProfiles.survey(summary));
    }

    /** One failure never stops the others; a cancellation stops all. */
    private static <R> Optional<R> outcome(Promise<R> promise, Functions.Proc1<String> otherwise) {
        try {
            return Optional.ofNullable(promise.get());
        } catch (TemporalFailure failure) {
            if (Failures.isCancellation(failure)) {
                throw failure;
            }
            otherwise.apply(Failures.rootMessage(failure));
            return Optional.empty();
        }
    }

    @Override
    public ReaperReport progress() {
        return progress.report();
    }
}
