package org.amibakery.reaper;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.FoundBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.RunningBuilder;
import org.amibakery.recipe.Region;

/** Regions with things that bakes made, orphans or not, as a test says; thread-safe. */
final class FakeTerritories implements ReaperActivities, BuilderActivities {
    private static final String KEPT = "belongs to bake/web, which runs";
    private static final String ORPHAN = "was left by bake/web, which has ended";

    private final Map<Region, Map<Resource, String>> regions = new LinkedHashMap<>();
    private final Map<Region, String> refusals = new LinkedHashMap<>();
    private final Map<Resource, String> stuck = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();

    synchronized void hasRegion(String name) {
        regions.put(new Region(name), new LinkedHashMap<>());
    }

    synchronized Resource hasOrphan(ResourceKind kind, String region, String id) {
        return has(new Resource(kind, new Region(region), id), ORPHAN);
    }

    synchronized Resource hasLivingOne(ResourceKind kind, String region, String id) {
        return has(new Resource(kind, new Region(region), id), KEPT);
    }

    synchronized void isGood(Resource resource) {
        regions.get(resource.region()).put(resource, "is tagged good, so retention decides about it");
    }

    synchronized void isGone(Resource resource) {
        regions.get(resource.region()).remove(resource);
    }

    /** No look into the region is answered. */
    synchronized void refusesLooksInto(String region, String message) {
        refusals.put(new Region(region), message);
    }

    synchronized void refusesToRemove(Resource resource, String message) {
        stuck.put(resource, message);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<Resource> everything() {
        return regions.values().stream()
                .flatMap(region -> region.keySet().stream())
                .toList();
    }

    @Override
    public synchronized Territory findRegions(FindRegions request) {
        calls.add("find regions");
        return new Territory(request.stack().orElse("ami-bakery"), List.copyOf(regions.keySet()), List.of());
    }

    @Override
    public synchronized Sighting look(LookForOrphans request) {
        calls.add("look in " + request.region());
        if (refusals.containsKey(request.region())) {
            throw ApplicationFailure.newNonRetryableFailure(refusals.get(request.region()), "AccessRefused");
        }
        Map<Resource, String> there = regions.get(request.region());
        List<Verdict> orphans = verdicts(there, ORPHAN::equals);
        List<Verdict> kept = verdicts(there, reason -> !ORPHAN.equals(reason));
        return new Sighting(
                request.region(),
                orphans.stream().limit(Sighting.MOST_ORPHANS).toList(),
                orphans.size(),
                kept,
                kept.size());
    }

    @Override
    public synchronized Removals remove(RemoveOrphans request) {
        calls.add("remove %d in %s".formatted(request.orphans().size(), request.region()));
        Map<Resource, String> there = regions.get(request.region());
        List<Verdict> removed = new ArrayList<>();
        List<Verdict> failed = new ArrayList<>();
        for (Resource orphan : request.orphans()) {
            if (stuck.containsKey(orphan)) {
                failed.add(new Verdict(orphan, "bake/web", stuck.get(orphan)));
            } else {
                there.remove(orphan);
                removed.add(new Verdict(orphan, "bake/web", ORPHAN));
            }
        }
        return new Removals(removed, List.of(), failed);
    }

    @Override
    public synchronized void awaitGone(BuilderRef builder) {
        calls.add("await gone " + builder.id());
    }

    private Resource has(Resource resource, String reason) {
        regions.computeIfAbsent(resource.region(), region -> new LinkedHashMap<>())
                .put(resource, reason);
        return resource;
    }

    private static List<Verdict> verdicts(Map<Resource, String> there, Predicate<String> reasons) {
        return there.entrySet().stream()
                .filter(entry -> reasons.test(entry.getValue()))
                .map(entry -> new Verdict(entry.getKey(), "bake/web", entry.getValue()))
                .toList();
    }

    @Override
    public InstanceId launch(LaunchBuilder request) {
        throw new UnsupportedOperationException("launch");
    }

    @Override
    public RunningBuilder awaitRunning(BuilderRef builder) {
        throw new UnsupportedOperationException("awaitRunning");
    }

    @Override
    public FoundBuilder find(FindBuilder request) {
        return new FoundBuilder(Optional.empty());
    }

    @Override
    public void stop(BuilderRef builder) {
        throw new UnsupportedOperationException("stop");
    }

    @Override
    public void terminate(BuilderRef builder) {
        throw new UnsupportedOperationException("terminate");
    }
}
