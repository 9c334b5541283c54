package org.amibakery.retention.aws;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.aws.Attempt;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.function.BakeryFunction;
import org.amibakery.function.FunctionInvoker;
import org.amibakery.function.Functions;
import org.amibakery.function.Question;
import org.amibakery.lambdas.cleanup.CleanUpFamiliesReport;
import org.amibakery.lambdas.cleanup.CleanUpFamiliesRequest;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;
import org.amibakery.lambdas.cleanup.CleanUpImagesRequest;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.recipe.Region;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.retention.RetentionMode;
import org.amibakery.watch.Crowd;
import org.amibakery.watch.SharedReads;

/**
 * Asks the function {@code clean-up-images}. Families of one stack whose bakes end at about the same time go into one
 * question: a new account may run ten functions at once, and one look at images and snapshots serves them all.
 */
final class CleanUpQuestions {
    /** What a function of an earlier release answers to several families. */
    private static final String REFUSED = "InvalidFunctionRequest";

    /** After that the function is tried with several families again, as it may have been updated. */
    private static final Duration UNTIL_UPDATED = Duration.ofHours(1);

    /** The cap of a bake; ten families with ten deletions each fit into a function's time. */
    private static final int MOST_SHARED = 10;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Functions functions;
    private final Crowd crowd;
    private final Map<Together, SharedReads<DeleteOldImages, CleanUpImagesReport>> questions =
            new ConcurrentHashMap<>();
    private final Map<Together, Instant> oneByOneUntil = new ConcurrentHashMap<>();

    CleanUpQuestions(Functions functions, Crowd crowd) {
        this.functions = functions;
        this.crowd = crowd;
    }

    CleanUpImagesReport ask(DeleteOldImages request) {
        Together together = Together.of(request);
        if (!isShared(request) || isAskedOneByOne(together)) {
            return askAlone(request);
        }
        CleanUpImagesReport answer = questions
                .computeIfAbsent(together, this::questions)
                .read(Set.of(request))
                .get(request);
        if (answer != null) {
            return answer;
        }
        if (isAskedOneByOne(together)) {
            return askAlone(request); // that was refused at once
        }
        throw notBegun(request);
    }

    /** What may take long is asked alone: large caps, the rest of a family, and whatever comes after a first try. */
    private static boolean isShared(DeleteOldImages request) {
        return request.cap() <= MOST_SHARED
                && request.continuation().isEmpty()
                && Attempt.current().number() == 1;
    }

    private boolean isAskedOneByOne(Together together) {
        return oneByOneUntil.getOrDefault(together, Instant.MIN).isAfter(Instant.now());
    }

    /** The attempt's time is spent on the other families; the next one asks alone. */
    private static ApplicationFailure notBegun(DeleteOldImages request) {
        return ApplicationFailure.newBuilder()
                .setType("CleanUpNotBegun")
                .setMessage("The function had no time left for %s; it is asked again.".formatted(request.family()))
                .setDetails(new Refusal(
                        BakeryFunction.CLEAN_UP_IMAGES.text(), "CleanUpNotBegun", Reaction.BACK_OFF, Blame.BAKERY))
                .setNextRetryDelay(SOON)
                .build();
    }

    private SharedReads<DeleteOldImages, CleanUpImagesReport> questions(Together together) {
        return new SharedReads<>(crowd, CleanUpFamiliesRequest.MOST, requests -> askAtOnce(together, requests));
    }

    /** Answers for those that the function had time for. */
    private Map<DeleteOldImages, CleanUpImagesReport> askAtOnce(Together together, Set<DeleteOldImages> requests) {
        if (requests.size() == 1) {
            DeleteOldImages only = requests.iterator().next();
            return Map.of(only, askAlone(only));
        }
        Map<String, DeleteOldImages> byFamily = new LinkedHashMap<>();
        requests.forEach(request -> byFamily.putIfAbsent(request.family(), request));
        try {
            CleanUpFamiliesReport report = invoker(together.function())
                    .ask(new Question<>(
                            BakeryFunction.CLEAN_UP_IMAGES,
                            together.askedIn(),
                            () -> families(byFamily.values()),
                            CleanUpFamiliesReport.class));
            Map<DeleteOldImages, CleanUpImagesReport> answers = new LinkedHashMap<>();
            byFamily.forEach(
                    (family, request) -> Optional.ofNullable(report.families().get(family))
                            .ifPresent(answer -> answers.put(request, answer)));
            return answers;
        } catch (ApplicationFailure refused) {
            if (!refused.getType().equals(REFUSED)) {
                throw refused;
            }
            oneByOneUntil.put(together, Instant.now().plus(UNTIL_UPDATED));
            return Map.of();
        }
    }

    private static CleanUpFamiliesRequest families(Collection<DeleteOldImages> requests) {
        return new CleanUpFamiliesRequest(
                requests.stream().map(CleanUpQuestions::query).toList());
    }

    private CleanUpImagesReport askAlone(DeleteOldImages request) {
        return invoker(request.function())
                .ask(new Question<>(
                        BakeryFunction.CLEAN_UP_IMAGES,
                        Together.of(request).askedIn(),
                        () -> query(request),
                        CleanUpImagesReport.class));
    }

    private FunctionInvoker invoker(Optional<String> function) {
        return function.map(functions::onLambda).orElseGet(functions::inProcess);
    }

    private static CleanUpImagesRequest query(DeleteOldImages request) {
        return new CleanUpImagesRequest(
                request.stack(),
                request.family(),
                request.region().name(),
                request.policy().olderThan(),
                request.policy().keepAtLeast(),
                request.cap(),
                mode(request.mode()),
                request.continuation(),
                request.policy().deprecateFor(),
                request.policy().disableFor(),
                request.bakedIn().map(Region::name));
    }

    private static CleanUpMode mode(RetentionMode mode) {
        return switch (mode) {
            case PLAN -> CleanUpMode.PLAN;
            case DELETE -> CleanUpMode.DELETE;
        };
    }

    /** What requests must have in common to be asked at once. */
    private record Together(
            Optional<String> function, Region askedIn, Region region, String stack, Optional<Region> bakedIn) {
        static Together of(DeleteOldImages request) {
            return new Together(
                    request.function(),
                    request.bakedIn().orElse(request.region()),
                    request.region(),
                    request.stack(),
                    request.bakedIn());
        }
    }
}
