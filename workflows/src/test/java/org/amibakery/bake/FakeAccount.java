package org.amibakery.bake;

import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amibakery.agent.Agent;
import org.amibakery.agent.AgentActivities;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.FoundBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.LaunchToken;
import org.amibakery.builder.RunningBuilder;
import org.amibakery.command.CommandActivities;
import org.amibakery.command.CommandResult;
import org.amibakery.command.RunCommand;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.foundation.FoundationActivities;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.CreateImage;
import org.amibakery.image.DiscardImage;
import org.amibakery.image.ImageActivities;
import org.amibakery.image.ImageRef;
import org.amibakery.image.TagImage;
import org.amibakery.recipe.Architecture;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.retention.FindRetentionScope;
import org.amibakery.retention.RetentionActivities;
import org.amibakery.retention.RetentionReport;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionScope;

/** An AWS account in memory: answers every activity, keeps what exists, and goes wrong where a test says so. */
final class FakeAccount
        implements FoundationActivities,
                BuilderActivities,
                AgentActivities,
                CommandActivities,
                ImageActivities,
                RetentionActivities {

    private final Map<LaunchToken, InstanceId> launches = new LinkedHashMap<>();
    private final Set<InstanceId> alive = new LinkedHashSet<>();
    private final Map<ImageRef, String> images = new LinkedHashMap<>();
    private final Set<Region> regionsWhereImagesFail = new LinkedHashSet<>();
    private final Set<String> failingCommands = new LinkedHashSet<>();
    private final Set<ImageId> good = new LinkedHashSet<>();
    private final List<String> calls = new ArrayList<>();
    private final List<RunCommand> commands = new ArrayList<>();
    private final Map<BakeStep, ApplicationFailure> failures = new EnumMap<>(BakeStep.class);
    private final Map<BakeStep, Runnable> arrivals = new EnumMap<>(BakeStep.class);
    private final Set<BakeStep> throttled = EnumSet.noneOf(BakeStep.class);
    private final Set<BakeStep> silent = EnumSet.noneOf(BakeStep.class);
    private final Map<String, Reaction> refusedTypes = new LinkedHashMap<>();
    private final Set<String> firedTypes = new LinkedHashSet<>();
    private final List<RetentionReport> retentionReports = new ArrayList<>();
    private boolean losesLaunchReplies;
    private boolean neverDiscards;
    private int undelivered;

    // world-facts, set before a bake

    synchronized void failsAt(BakeStep step, String code) {
        failures.put(step, refusal("TestOperation", code, Reaction.GIVE_UP));
    }

    synchronized void whenReaching(BakeStep step, Runnable action) {
        arrivals.put(step, action);
    }

    /** The step's activity never answers, however often it is tried. */
    synchronized void staysSilentAt(BakeStep step) {
        silent.add(step);
    }

    /** The step's activity is refused each time in a way that is worth another try. */
    synchronized void isThrottledAt(BakeStep step) {
        throttled.add(step);
    }

    synchronized void refusesToLaunch(String instanceType, Reaction reaction) {
        refusedTypes.put(instanceType, reaction);
    }

    synchronized void losesLaunchReplies() {
        losesLaunchReplies = true;
    }

    synchronized void neverDiscardsAnImage() {
        neverDiscards = true;
    }

    synchronized void doesNotDeliverTheFirst(int commandCount) {
        undelivered = commandCount;
    }

    synchronized void makesNoUsableImageIn(Region region) {
        regionsWhereImagesFail.add(region);
    }

    synchronized void failsCommand(String label) {
        failingCommands.add(label);
    }

    synchronized void hasCopied(ImageRef copy, String name) {
        images.put(copy, name);
    }

    synchronized void retentionAnswers(RetentionReport report) {
        retentionReports.add(report);
    }

    // what exists

    synchronized Set<InstanceId> buildersAlive() {
        return new LinkedHashSet<>(alive);
    }

    synchronized int buildersEverLaunched() {
        return launches.size();
    }

    synchronized Set<ImageId> images() {
        return images.keySet().stream().map(ImageRef::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    synchronized Set<ImageId> goodImages() {
        return new LinkedHashSet<>(good);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<RunCommand> commands() {
        return List.copyOf(commands);
    }

    // the activities

    @Override
    public FoundationImage find(FindFoundationImage request) {
        reach(BakeStep.FIND_FOUNDATION_IMAGE, "find foundation image");
        return new FoundationImage(
                new ImageId("ami-foundation"),
                "al2023",
                "137112412989",
                Architecture.X86_64,
                Instant.EPOCH,
                "/dev/xvda",
                8);
    }

    @Override
    public InstanceId launch(LaunchBuilder request) {
        String type = request.candidate().instanceType();
        reach(BakeStep.LAUNCH_BUILDER, "launch " + request.candidate());
        synchronized (this) {
            if (refusedTypes.containsKey(type) && refusedTypes.get(type) != Reaction.RELAUNCH) {
                throw refusal("RunInstances", "Refused", refusedTypes.get(type));
            }
            InstanceId launched = launches.computeIfAbsent(request.token(), token -> {
                InstanceId id = new InstanceId("i-" + launches.size());
                alive.add(id);
                return id;
            });
            if (losesLaunchReplies) {
                throw ApplicationFailure.newNonRetryableFailure("The reply was lost.", "SdkClientException");
            }
            return launched;
        }
    }

    @Override
    public synchronized RunningBuilder awaitRunning(BuilderRef builder) {
        calls.add("await running");
        String type = refusedTypes.entrySet().stream()
                .filter(entry -> entry.getValue() == Reaction.RELAUNCH && firedTypes.add(entry.getKey()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        if (!type.isEmpty()) {
            throw refusal("DescribeInstances", "Server.InternalError", Reaction.RELAUNCH);
        }
        return new RunningBuilder(builder.id(), "us-east-1a");
    }

    @Override
    public synchronized FoundBuilder find(FindBuilder request) {
        calls.add("find builder");
        return new FoundBuilder(Optional.ofNullable(launches.get(request.token())));
    }

    @Override
    public synchronized void stop(BuilderRef builder) {
        calls.add("stop");
    }

    @Override
    public void terminate(BuilderRef builder) {
        reach(BakeStep.TERMINATE_BUILDER, "terminate " + builder.id());
    }

    @Override
    public void awaitGone(BuilderRef builder) {
        reach(BakeStep.CONFIRM_TERMINATION, "await gone " + builder.id());
        synchronized (this) {
            alive.remove(builder.id());
        }
    }

    @Override
    public Agent awaitOnline(BuilderRef builder) {
        reach(BakeStep.VERIFY_AGENT, "await online");
        return new Agent("3.3.4108.0", "Amazon Linux", "2023");
    }

    @Override
    public CommandResult run(RunCommand request) {
        switch (request.command().label()) {
            case "update packages" -> reach(BakeStep.UPDATE_PACKAGES, "update packages");
            case "install packages" -> reach(BakeStep.INSTALL_PACKAGES, "install packages");
            case "run playbook" -> reach(BakeStep.RUN_PLAYBOOKS, "run playbook");
            default -> note(request.command().label());
        }
        synchronized (this) {
            commands.add(request);
            if (undelivered > 0) {
                undelivered--;
                throw ApplicationFailure.newNonRetryableFailure("It never arrived.", CommandActivities.UNDELIVERED);
            }
            if (failingCommands.contains(request.command().label())) {
                throw ApplicationFailure.newNonRetryableFailure("It exited with 1.", "CommandFailed");
            }
            return new CommandResult("command-" + commands.size(), "done", "Complete!");
        }
    }

    @Override
    public ImageId create(CreateImage request) {
        reach(BakeStep.CREATE_IMAGE, "create image");
        synchronized (this) {
            ImageId id = new ImageId("ami-" + request.name());
            images.put(new ImageRef(request.builder().region(), id), request.name());
            return id;
        }
    }

    @Override
    public synchronized AvailableImage awaitAvailable(ImageRef image) {
        calls.add("await available");
        if (regionsWhereImagesFail.contains(image.region())) {
            throw refusal("DescribeImages", "ImageFailed", Reaction.GIVE_UP);
        }
        return new AvailableImage(image.id(), List.of("snap-1"));
    }

    @Override
    public void tag(TagImage request) {
        reach(BakeStep.TAG_IMAGE, "tag image");
        synchronized (this) {
            good.add(request.image().id());
        }
    }

    @Override
    public synchronized void discard(DiscardImage request) {
        calls.add("discard image");
        if (neverDiscards) {
            throw ApplicationFailure.newFailure("EC2 answered UnauthorizedOperation.", "UnauthorizedOperation");
        }
        images.entrySet()
                .removeIf(image -> image.getKey().region().equals(request.region())
                        && image.getValue().equals(request.name()));
    }

    @Override
    public RetentionScope findScope(FindRetentionScope request) {
        throw new UnsupportedOperationException("A bake does not ask");
    }

    @Override
    public RetentionReport deleteOldImages(DeleteOldImages request) {
        reach(
                BakeStep.DELETE_OLD_IMAGES,
                "delete old images"
                        + request.continuation().map(at -> " at " + at).orElse(""));
        synchronized (this) {
            return retentionReports.isEmpty()
                    ? new RetentionReport(
                            List.of(new ImageVerdict(new ImageId("ami-old"), "old", "older than 30d")),
                            List.of(),
                            List.of(),
                            Optional.empty())
                    : retentionReports.remove(0);
        }
    }

    static ApplicationFailure refusal(String operation, String code, Reaction reaction) {
        return ApplicationFailure.newNonRetryableFailure(
                "EC2 answered %s.".formatted(code), code, new Refusal(operation, code, reaction, Blame.AWS));
    }

    private synchronized void note(String call) {
        calls.add(call);
    }

    /** Faults fire on the first call of a step only, as its cleanup may call the same activity again. */
    private void reach(BakeStep step, String call) {
        note(call);
        Runnable arrival;
        ApplicationFailure failure;
        synchronized (this) {
            arrival = arrivals.remove(step);
            failure = failures.remove(step);
        }
        if (arrival != null) {
            arrival.run();
        }
        if (failure != null) {
            throw failure;
        }
        if (isThrottled(step)) {
            throw ApplicationFailure.newFailure("EC2 answered RequestLimitExceeded.", "RequestLimitExceeded");
        }
        if (isSilentAt(step)) {
            Activity.getExecutionContext().doNotCompleteOnReturn();
        }
    }

    private synchronized boolean isThrottled(BakeStep step) {
        return throttled.contains(step);
    }

    private synchronized boolean isSilentAt(BakeStep step) {
        return silent.contains(step);
    }
}
