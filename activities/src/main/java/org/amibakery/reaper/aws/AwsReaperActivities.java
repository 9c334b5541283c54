package org.amibakery.reaper.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.TargetAccount;
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
    private final AwsClients aws;

    /** Takes the ways to AWS and to the namespace that bakes, and the clock by which things expire. */
    public AwsReaperActivities(AwsClients aws, Installation installation, WorkflowClient temporal, Clock clock) {
        this.aws = requireNonNull(aws, "aws");
        this.installation = requireNonNull(installation, "installation");
        this.temporal = requireNonNull(temporal, "temporal");
        this.clock = requireNonNull(clock, "clock");
        aws.reach(installation.accounts(), installation.region());
    }

    @Override
    public Territory findRegions(FindRegions request) {
        request.stack().ifPresent(this::serve);
        Region home = installation.region();
        List<String> warnings = new ArrayList<>();
        List<Region> regions = new ArrayList<>(answered(() -> enabledSeenFrom(home, warnings)));
        for (TargetAccount account : installation.accounts()) {
            Region away = new Region(home.name(), Optional.of(account.id()));
            try {
                regions.addAll(enabledSeenFrom(away, warnings));
            } catch (FunctionFailure unanswered) { // one account must not keep the reaper from the others
                warnings.add(onlyLookedAt(away, unanswered));
                regions.add(away);
            }
        }
        return new Territory(installation.stack(), regions, warnings);
    }

    private List<Region> enabledSeenFrom(Region here, List<String> warnings) {
        try {
            return new EnabledRegions(ec2(here))
                    .seenFrom(here.name()).stream().map(here::sibling).toList();
        } catch (AccessRefused refused) {
            warnings.add(onlyLookedAt(here, refused));
            return List.of(here);
        }
    }

    private static String onlyLookedAt(Region here, FunctionFailure failure) {
        return "Only %s was looked at, as the others are not known: %s".formatted(here, failure.getMessage());
    }

    /** The functions know regions by name, all of one account. */
    private RegionalEc2 ec2(Region here) {
        return name -> aws.ec2(here.sibling(name));
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
                        .map(judgement -> verdict(request.region(), judgement))
                        .toList(),
                orphans.size(),
                examples(request, kept),
                kept.size());
    }

    @Override
    public Removals remove(RemoveOrphans request) {
        serve(request.stack());
        RemovalTally tally = new RemovalTally();
        Set<Resource> gone = new LinkedHashSet<>(request.orphans());
        for (Judgement judgement : judge(request.region(), request.asOf())) {
            if (gone.remove(resource(request.region(), judgement.resource()))) {
                settle(request.region(), judgement, tally);
            }
        }
        gone.forEach(orphan -> tally.removed(new Verdict(orphan, "", "was gone already")));
        return tally.removals();
    }

    private void settle(Region region, Judgement judgement, RemovalTally tally) {
        Verdict verdict = verdict(region, judgement);
        if (!judgement.isOrphan()) {
            tally.kept(verdict);
            return;
        }
        Removal done = new OrphanRemoval(ec2(region), installation.stack()).remove(judgement.resource());
        switch (done.end()) {
            case REMOVED -> tally.removed(verdict);
            case KEPT -> tally.kept(verdict.because(done.message()));
            case FAILED -> tally.failed(verdict.because(done.message()));
        }
    }

    private List<Judgement> judge(Region region, Optional<Instant> asOf) {
        Instant own = clock.instant();
        OrphanRule rule = new OrphanRule(asOf.filter(own::isAfter).orElse(own), new TemporalBakeLives(temporal));
        return rule.judge(answered(() -> new OwnResources(ec2(region), installation.stack()).in(region.name())));
    }

    /** What was asked about comes first; of the rest, good images are of the least interest. */
    private static List<Verdict> examples(LookForOrphans request, List<Judgement> kept) {
        Predicate<Judgement> suspected =
                judgement -> request.suspects().contains(resource(request.region(), judgement.resource()));
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
        return Stream.concat(asked, others)
                .map(judgement -> verdict(request.region(), judgement))
                .toList();
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

    private static Verdict verdict(Region region, Judgement judgement) {
        return new Verdict(
                resource(region, judgement.resource()),
                judgement.resource().bake().workflowId(),
                judgement.reason());
    }

    private static Resource resource(Region region, OwnResource found) {
        return new Resource(kind(found), region.sibling(found.region()), found.id());
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
