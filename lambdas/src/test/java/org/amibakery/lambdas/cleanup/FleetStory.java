package org.amibakery.lambdas.cleanup;

import static java.util.stream.Collectors.toSet;
import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.cleanup.RandomFleet.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.Faults.Killed;
import org.amibakery.lambdas.Faults.Moment;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.cleanup.RandomFleet.Use;
import software.amazon.awssdk.services.ec2.model.Image;

/** What happens to a random fleet over months: disturbed runs, people who interfere, and runs until nothing is left to do. */
final class FleetStory {
    private static final Duration LONGER_THAN_ANY_GRACE = Duration.ofDays(15);
    private static final Duration LEAST_LATELY = Duration.ofDays(2);
    private static final Set<String> CHECKS = Set.of(
            "DescribeImageReferences", "DescribeInstances", "DescribeLaunchTemplateVersions", "DescribeImageAttribute");
    private static final String[] OPERATIONS = Stream.concat(
                    CHECKS.stream().sorted(),
                    Stream.of(
                            "DescribeImages",
                            "DescribeSnapshots",
                            "EnableImageDeprecation",
                            "DisableImage",
                            "CreateTags",
                            "DeregisterImage",
                            "DeleteSnapshot"))
            .toArray(String[]::new);
    private static final String[] CODES = {"RequestLimitExceeded", "UnauthorizedOperation", "InternalError", "Odd"};

    private final RandomFleet fleet;
    private final FakeFleet world;
    private final SplittableRandom dice;
    private final List<Use> uses;
    private final List<CleanUpImagesReport> reports = new ArrayList<>();
    private Instant now = NOW;
    private String unchecked = "";
    private boolean hurried;
    private int runs;
    private int changes;
    private int deleted;
    private int withdrawn;

    FleetStory(RandomFleet fleet) {
        this.fleet = fleet;
        this.world = fleet.make();
        this.dice = new SplittableRandom(~fleet.seed());
        this.uses = new ArrayList<>(fleet.uses());
    }

    /** Tells the story; throws if a run does what it may not, or does not do in the end what it should. */
    FleetStory tell() {
        hurried = fleet.seed() % 4 == 0;
        for (int rounds = dice.nextInt(3); rounds > 0; rounds--) {
            disturb();
            run(fleet.request());
            heal();
            interfere();
            pass(Duration.ofHours(dice.nextInt(15 * 24)));
        }
        if (fleet.seed() % 3 == 0) {
            plan();
        }
        hurried = fleet.seed() % 4 == 0;
        rest();
        return this;
    }

    /** Kills the first run at the call of that number, goes on with the next, and tells whether the first came so far. */
    boolean tellOfAKill(int call, Moment moment) {
        world.reportsForSnapshots(Optional.of(fleet.seed() % 2 == 0 ? "success" : "internal-error"));
        world.faults().killsCallerAt(call, moment);
        boolean killed = !run(fleet.request());
        heal();
        if (killed) {
            List<String> leftovers = judge().leftovers();
            int mayChange = leftovers.size() + world.images().size();
            run(fleet.request());
            if (fleet.request().cap() >= mayChange) {
                assertThat(judge().leftovers()).noneMatch(leftovers::contains);
            }
            rest();
        }
        return killed;
    }

    int runs() {
        return runs;
    }

    /** How many images and snapshots all runs reported as deleted. */
    int deleted() {
        return deleted;
    }

    /** How many steps all runs reported as taken. */
    int withdrawn() {
        return withdrawn;
    }

    List<String> calls() {
        return world.faults().calls();
    }

    /** Runs once, continuations included, judges it, and tells whether it came to its end. */
    private boolean run(CleanUpImagesRequest request) {
        RetentionJudge judge = judge();
        reports.clear();
        boolean ended = true;
        try {
            clean(request);
        } catch (FunctionFailure | Killed stopped) {
            ended = false;
        }
        int changed = judge.judge();
        if (changed > request.cap()) {
            throw new AssertionError(changed + " changes by " + request);
        }
        runs++;
        changes += changed;
        return ended;
    }

    private void clean(CleanUpImagesRequest first) {
        CleanUpImages cleanUp = new CleanUpImages(region -> world, Clock.fixed(now, ZoneOffset.UTC));
        Instant deadline = hurried ? now : Instant.MAX;
        Optional<CleanUpImagesRequest> next = Optional.of(first);
        while (next.isPresent()) {
            CleanUpImagesRequest request = next.get();
            CleanUpImagesReport report = cleanUp.cleanUp(request, deadline);
            reports.add(report);
            if (report.mode() == CleanUpMode.DELETE) {
                deleted += report.deleted().size() + report.leftovers().size();
                withdrawn += report.withdrawn().size();
            }
            next = report.continuation().map(request::continuedAt);
        }
    }

    /** Runs a plan and what it planned, and compares the two; each image of the family is settled once. */
    private void plan() {
        int before = changes;
        hurried = false;
        run(CleanUpBench.planned(fleet.request()));
        List<String> planned = settled();
        assertThat(changes).isEqualTo(before);

        run(fleet.request());
        assertThat(settled()).isEqualTo(planned).doesNotHaveDuplicates();
    }

    private List<String> settled() {
        return reports.stream()
                .flatMap(report -> Stream.of(
                                report.deleted().stream().map(image -> image.imageId() + " deleted"),
                                report.withdrawn().stream()
                                        .map(image -> image.imageId() + image.step() + image.until()),
                                report.kept().stream().map(image -> image.imageId() + image.reason()),
                                report.failed().stream().map(FailedImage::imageId),
                                report.leftovers().stream().map(LeftoverSnapshot::snapshotId))
                        .flatMap(some -> some))
                .toList();
    }

    /** Runs until nothing changes any more, which takes each image three steps at most. */
    private void rest() {
        pass(LONGER_THAN_ANY_GRACE); // of what is withdrawn already
        int bound = 4 + 3 * (world.images().size() + world.snapshots().size());
        for (int round = 0; round < bound; round++) {
            pass(LONGER_THAN_ANY_GRACE);
            int before = changes;
            run(fleet.request());
            if (changes == before) {
                judge().judgeRest();
                return;
            }
        }
        throw new AssertionError("does not come to rest by " + fleet.request());
    }

    private RetentionJudge judge() {
        Set<String> pinned = world.images().stream()
                .map(Image::imageId)
                .filter(this::isPinned)
                .collect(toSet());
        return new RetentionJudge(fleet.request(), now, pinned, world);
    }

    private boolean isPinned(String imageId) {
        return unchecked.equals("all")
                || unchecked.equals(imageId)
                || uses.stream().anyMatch(use -> use.imageId().equals(imageId) && use.pins())
                || world.lastSharedLaunch(imageId).filter(this::isLate).isPresent();
    }

    private boolean isLate(Instant launched) {
        Duration age = fleet.request().olderThan();
        return !launched.isBefore(now.minus(age.compareTo(LEAST_LATELY) < 0 ? LEAST_LATELY : age));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        world.isAt(now);
    }

    private void disturb() {
        switch (dice.nextInt(8)) {
            case 0 -> refuse(oneOf(dice, OPERATIONS));
            case 1 -> {
                unchecked = "ami-" + dice.nextInt(12);
                world.faults().answers("DescribeImageReferences " + unchecked, oneOf(dice, CODES), "because");
            }
            case 2 -> world.faults().losesReplyOf(oneOf(dice, OPERATIONS));
            case 3 -> world.faults().breaksCall(dice.nextInt(60), anyMoment());
            case 4 -> world.faults().killsCallerAt(dice.nextInt(60), anyMoment());
            case 5 -> {
                world.reportsForSnapshots(Optional.of("internal-error"));
                refuse("DeleteSnapshot");
            }
            case 6 -> world.reportsForSnapshots(Optional.empty());
            default -> {} // an undisturbed run
        }
    }

    private void refuse(String operation) {
        world.faults().answers(operation, oneOf(dice, CODES), "because");
        unchecked = CHECKS.contains(operation) ? "all" : "";
    }

    private void heal() {
        world.faults().heals();
        world.reportsForSnapshots(Optional.of("success"));
        unchecked = "";
    }

    /** Lets somebody begin or cease to use images, or enable one again. */
    private void interfere() {
        switch (dice.nextInt(6)) {
            case 0 -> anyImage("available").ifPresent(image -> use(new Use(image.imageId(), "running", now)));
            case 1 -> anyImage("available").ifPresent(image -> use(new Use(image.imageId(), "shared", now)));
            case 2 -> anyImage("disabled").ifPresent(this::enable);
            case 3 -> {
                world.users().clear();
                uses.clear();
            }
            default -> {}
        }
    }

    private void enable(Image image) {
        world.has(image.toBuilder().state("available").build());
    }

    private Optional<Image> anyImage(String state) {
        List<Image> images = world.images().stream()
                .filter(image -> image.stateAsString().equals(state))
                .toList();
        return images.isEmpty() ? Optional.empty() : Optional.of(images.get(dice.nextInt(images.size())));
    }

    private void use(Use use) {
        uses.add(use);
        use.add(world);
    }

    private Moment anyMoment() {
        return dice.nextBoolean() ? Moment.BEFORE_IT_TAKES_EFFECT : Moment.AFTER_IT_TOOK_EFFECT;
    }
}
