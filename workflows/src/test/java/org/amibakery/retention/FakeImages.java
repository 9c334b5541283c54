package org.amibakery.retention;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.amibakery.bake.PlanActivities;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawalStep;
import org.amibakery.retention.RetentionReport.WithdrawnImage;

/**
 * Old images by region, which go by number from the lowest on as far as the cap lets them, a few in each answer;
 * thread-safe. A recipe tells its regions as {@code copyTo}.
 */
public final class FakeImages implements RetentionActivities {
    private final Map<Region, TreeSet<Integer>> old = new LinkedHashMap<>();
    private final Map<Region, ApplicationFailure> failing = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean withdrawsFirst;
    private int mostInOneAnswer = Integer.MAX_VALUE;
    private Optional<ImageVerdict> refused = Optional.empty();

    /** So many images of this region may go. */
    public synchronized void areOld(String region, int count) {
        old.put(
                new Region(region),
                new TreeSet<>(IntStream.range(0, count).boxed().toList()));
    }

    /** The function runs out of time after so many. */
    synchronized void answersAfter(int images) {
        mostInOneAnswer = images;
    }

    synchronized void refuses(String imageId, String why) {
        refused = Optional.of(new ImageVerdict(new ImageId(imageId), imageId, why));
    }

    public synchronized void failsIn(String region, String message) {
        failing.put(new Region(region), ApplicationFailure.newNonRetryableFailure(message, "AccessRefused"));
    }

    /** The function has trouble there that goes on and on. */
    public synchronized void takesForEverIn(String region) {
        failing.put(new Region(region), ApplicationFailure.newFailure("EC2 answered InternalError.", "InternalError"));
    }

    /** The policy asks for a stage before each deletion. */
    synchronized void areWithdrawnFirst() {
        withdrawsFirst = true;
    }

    private static WithdrawnImage deprecated(ImageVerdict image) {
        return new WithdrawnImage(
                image.id(),
                image.name(),
                WithdrawalStep.DEPRECATED,
                Instant.parse("2026-12-24T00:00:00Z"),
                image.reason());
    }

    synchronized int left(String region) {
        return old.get(new Region(region)).size();
    }

    /** What was asked, such as {@code PLAN us-east-1}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public RetentionScope findScope(FindRetentionScope request) {
        JsonNode recipe = request.recipe();
        if (recipe.path("name").asText().isEmpty() || recipe.has("invalid")) {
            throw ApplicationFailure.newNonRetryableFailure(
                    recipe.path("invalid").asText("/name: is missing"), PlanActivities.INVALID_RECIPE);
        }
        Region home = new Region(recipe.path("region").asText("us-east-1"));
        List<Region> regions = new ArrayList<>(List.of(home));
        recipe.path("copyTo").forEach(region -> regions.add(new Region(region.asText())));
        return new RetentionScope(
                recipe.path("name").asText(),
                home,
                regions,
                "ami-bakery",
                new RetentionPolicy(Duration.ofDays(30), 3),
                Optional.empty());
    }

    @Override
    public synchronized RetentionReport deleteOldImages(DeleteOldImages request) {
        Region region = request.region();
        calls.add("%s %s".formatted(request.mode(), region));
        if (failing.containsKey(region)) {
            throw failing.get(region);
        }
        TreeSet<Integer> all = old.computeIfAbsent(region, none -> new TreeSet<>());
        int done = request.continuation().map(Integer::valueOf).orElse(0);
        int next = Math.min(Math.min(mostInOneAnswer, request.cap() - done), all.size());
        List<Integer> going = new ArrayList<>(all).subList(0, next);
        List<ImageVerdict> verdicts = going.stream()
                .map(number -> new ImageVerdict(
                        new ImageId("ami-" + number), "web-" + number, "older than 30 days and unused"))
                .toList();
        if (request.mode() == RetentionMode.DELETE) {
            going.forEach(all::remove);
        }
        boolean runsOutOfTime = next == mostInOneAnswer && request.mode() == RetentionMode.DELETE && !all.isEmpty();
        return new RetentionReport(
                withdrawsFirst ? List.of() : verdicts,
                List.of(new ImageVerdict(new ImageId("ami-new"), "web-new", "is the newest good image")),
                refused.stream().toList(),
                runsOutOfTime && done + next < request.cap()
                        ? Optional.of(String.valueOf(done + next))
                        : Optional.empty(),
                1,
                withdrawsFirst ? verdicts.stream().map(FakeImages::deprecated).toList() : List.of());
    }
}
