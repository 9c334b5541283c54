package org.amibakery.lambdas.orphans;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.TimeLimit;
import org.amibakery.lambdas.cleanup.CleanUpMode;

/** Is one run over all regions: judges what is there by expiry alone, and removes the orphans. */
final class OrphanCleanUp {
    private static final String OUT_OF_TIME = "the time ran short; the next run goes on";

    private final CleanUpOrphansRequest request;
    private final OwnResources resources;
    private final EnabledRegions enabledRegions;
    private final OrphanRule rule;
    private final OrphanRemoval removal;
    private final OrphanTally tally;
    private final TimeLimit looks;
    private final TimeLimit removals;

    OrphanCleanUp(RegionalEc2 ec2, CleanUpOrphansRequest request, OrphanTally tally, Clock clock, Instant deadline) {
        this.request = request;
        this.resources = new OwnResources(ec2, request.stack());
        this.enabledRegions = new EnabledRegions(ec2);
        this.rule = new OrphanRule(clock.instant(), BakeLives.unknown());
        this.removal = new OrphanRemoval(ec2, request.stack());
        this.tally = tally;
        this.looks = new TimeLimit(clock, deadline);
        this.removals = new TimeLimit(clock, deadline);
    }

    CleanUpOrphansReport run() {
        for (String region : request.regions().isEmpty() ? allRegions() : request.regions()) {
            judgements(region).forEach(this::settle);
        }
        return tally.report();
    }

    /** Where most orphans are is known even if nobody tells the other regions. */
    private List<String> allRegions() {
        String home = request.region();
        try {
            return enabledRegions.seenFrom(home);
        } catch (FunctionFailure untold) {
            tally.outOfReach("all but " + home, untold);
            return List.of(home);
        }
    }

    private List<Judgement> judgements(String region) {
        if (tally.isStopped()) {
            return List.of();
        }
        if (looks.stopsBeforeNext()) {
            tally.stops(OUT_OF_TIME);
            return List.of();
        }
        try {
            return rule.judge(resources.in(region));
        } catch (FunctionFailure failure) {
            tally.outOfReach(region, failure);
            return List.of();
        }
    }

    private void settle(Judgement judgement) {
        if (!judgement.isOrphan()) {
            tally.kept(judgement);
        } else if (!tally.hasRoom()) {
            tally.left(judgement);
        } else if (request.mode() == CleanUpMode.PLAN) {
            tally.removed(judgement);
        } else if (removals.stopsBeforeNext()) {
            tally.stops(OUT_OF_TIME);
            tally.left(judgement);
        } else {
            tally.settled(judgement, removal.remove(judgement.resource()));
        }
    }
}
