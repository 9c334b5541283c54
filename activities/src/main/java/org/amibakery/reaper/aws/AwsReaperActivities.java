package org.amibakery.reaper.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.lambdas.AccessRefused;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.orphans.EnabledRegions;
import org.amibakery.lambdas.orphans.Judgement;
import org.amibakery.lambdas.orphans.OrphanRemoval;
import org.amibakery.lambdas.orphans.OrphanRule;
import org.amibakery.lambdas.orphans.OwnResource;
import org.amibakery.lambdas.orphans.OwnResources;
import org.amibakery.lambdas.orphans.Removal;
import org.amibakery.reaper.FindRegions;
import org.amibakery.reaper.LookForOrphans;
import org.amibakery.reaper.ReaperActivities;
import org.amibakery.reaper.Removals;
import org.amibakery.reaper.RemoveOrphans;
import org.amibakery.reaper.Resource;
import org.amibakery.reaper.ResourceKind;
import org.amibakery.reaper.Sighting;
import org.amibakery.reaper.Territory;
import org.amibakery.reaper.Verdict;
import org.amibakery.recipe.Region;

/** Judges what a region holds by its tags, its expiry and what Temporal says of its bake, and removes what nobody needs. */
public final class AwsReaperActivities implements ReaperActivities {
    /** A region may hold thousands of good images; history gets some of what stays. */
    private static final int KEPT_EXAMPLES = 20;

    private final Installation installation;
    private final WorkflowClient temporal;
    private final Clock clock;
    private final EnabledRegions enabledRegions;
    private final OwnResources resources;
    private final OrphanRemoval removal;

    /** Takes the ways to AWS and to the namespace that bakes, and the clock by which things expire. */
    public AwsReaperActivities(AwsClients aws, Installation installation, WorkflowClient temporal, Clock clock) {
        RegionalEc2 ec2 = region -> aws.ec2(new Region(region));
        this.installation = requireNonNull(installation, "installation");
        this.temporal = requireNonNull(temporal, "temporal");
        this.clock = requireNonNull(clock, "clock");
        this.enabledRegions = new EnabledRegions(ec2);
        this.resources = new OwnResources(ec2, installation.stack());
        this.removal = new OrphanRemoval(ec2, installation.stack());
    }

    @Override
    public Territory findRegions(FindRegions request) {
        request.stack().ifPresent(this::serve);
        Region home = installation.region();
        try {
            List<Region> regions = enabledRegions.seenFrom(home.name()).stream()
                    .map(Region::new)
                    .toList();
            return new Territory(installation.stack(), regions, List.of());
        } catch (AccessRefused refused) {
            String warning =
                    "Only %s was looked at, as the others are not known: %s".formatted(home, refused.getMessage());
            return new Territory(installation.stack(), List.of(home), List.of(warning));
        } catch (FunctionFailure unanswered) {
            throw failure(unanswered);
        }
    }

    @Override
    public Sighting look(LookForOrphans request) {
        serve(request.stack());
        List<Judgement> judgements = judge(request.region(), request.asOf());
        List<Judgement> orphans =
                judgements.stream().filter(Judgement::isOrphan).toList();
        List<Judgement> kept =
                judgements.stream().filter(Predicate.not(Judgement::isOrphan)).toList();
        return new Sighting(
                request.region(),
                orphans.stream()
                        .limit(Sighting.MOST_ORPHANS)
                        .map(AwsReaperActivities::verdict)
                        .toList(),
                orphans.size(),
                examples(kept, request.suspects()),
                kept.size());
    }

    @Override
    public Removals remove(RemoveOrphans request) {
        serve(request.stack());
        RemovalTally tally = new RemovalTally();
        Set<Resource> gone = new LinkedHashSet<>(request.orphans());
        for (Judgement judgement : judge(request.region(), request.asOf())) {
            if (gone.remove(resource(judgement.resource()))) {
                settle(judgement, tally);
            }
        }
        gone.forEach(orphan -> tally.removed(new Verdict(orphan, "", "was gone already")));
        return tally.removals();
    }

    private void settle(Judgement judgement, RemovalTally tally) {
        Verdict verdict = verdict(judgement);
        if (!judgement.isOrphan()) {
            tally.kept(verdict);
            return;
        }
        Removal done = removal.remove(judgement.resource());
        switch (done.end()) {
            case REMOVED -> tally.removed(verdict);
            case KEPT -> tally.kept(verdict.because(done.message()));
            case FAILED -> tally.failed(verdict.because(done.message()));
        }
    }

    private List<Judgement> judge(Region region, Optional<Instant> asOf) {
        Instant own = clock.instant();
        OrphanRule rule = new OrphanRule(asOf.filter(own::isAfter).orElse(own), new TemporalBakeLives(temporal));
        return rule.judge(answered(() -> resources.in(region.name())));
    }

    /** What was asked about comes first; of the rest, good images are of the least interest. */
    private static List<Verdict> examples(List<Judgement> kept, List<Resource> suspects) {
        Predicate<Judgement> suspected = judgement -> suspects.contains(resource(judgement.resource()));
        Stream<Judgement> asked = kept.stream().filter(suspected);
        Stream<Judgement> others = kept.stream()
                .filter(suspected.negate())
                .filter(judgement -> judgement
                        .resource()
                        .marks()
                        .state()
                        .filter("good"::equals)
                        .isEmpty())
                .limit(KEPT_EXAMPLES);
        return Stream.concat(asked, others).map(AwsReaperActivities::verdict).toList();
    }

    private void serve(String stack) {
        if (!stack.equals(installation.stack())) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "This worker serves the stack %s and was asked about %s. Nothing was looked at. Name the worker's stack, or give each stack a Temporal namespace of its own."
                            .formatted(installation.stack(), stack),
                    OTHER_STACK);
        }
    }

    private static <R> R answered(Supplier<R> look) {
        try {
            return look.get();
        } catch (FunctionFailure unanswered) {
            throw failure(unanswered);
        }
    }

    /** A refusal needs a person; anything else may be over at the next attempt. */
    private static ApplicationFailure failure(FunctionFailure failure) {
        ApplicationFailure told = ApplicationFailure.newBuilder()
                .setType(failure.getClass().getSimpleName())
                .setMessage(failure.getMessage())
                .setNonRetryable(failure instanceof AccessRefused)
                .build();
        told.setStackTrace(new StackTraceElement[0]); // history is paid for by the byte, and the message says it all
        return told;
    }

    private static Verdict verdict(Judgement judgement) {
        return new Verdict(
                resource(judgement.resource()), judgement.resource().bake().workflowId(), judgement.reason());
    }

    private static Resource resource(OwnResource found) {
        return new Resource(kind(found), new Region(found.region()), found.id());
    }

    private static ResourceKind kind(OwnResource found) {
        return switch (found.kind()) {
            case INSTANCE -> ResourceKind.INSTANCE;
            case VOLUME -> ResourceKind.VOLUME;
            case NETWORK_INTERFACE -> ResourceKind.NETWORK_INTERFACE;
            case IMAGE -> ResourceKind.IMAGE;
            case SNAPSHOT -> ResourceKind.SNAPSHOT;
        };
    }
}
