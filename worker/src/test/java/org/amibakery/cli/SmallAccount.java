package org.amibakery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.amibakery.agent.Agent;
import org.amibakery.agent.AgentActivities;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.BakeStep;
import org.amibakery.bake.CommandPlan;
import org.amibakery.bake.ImagePlan;
import org.amibakery.bake.PlanActivities;
import org.amibakery.bake.PlanBake;
import org.amibakery.bake.StagePlan;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.FoundBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.builder.RunningBuilder;
import org.amibakery.command.CommandActivities;
import org.amibakery.command.CommandResult;
import org.amibakery.command.PlannedCommand;
import org.amibakery.command.RunCommand;
import org.amibakery.failure.LastSighting;
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
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;
import org.amibakery.recipe.RootVolume;
import org.amibakery.recipe.SystemFamily;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.retention.FindRetentionScope;
import org.amibakery.retention.RetentionActivities;
import org.amibakery.retention.RetentionReport;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionScope;

/** Answers every activity at once, waits at one step, or fails at one, as a test says. */
final class SmallAccount
        implements PlanActivities,
                FoundationActivities,
                BuilderActivities,
                AgentActivities,
                CommandActivities,
                ImageActivities,
                RetentionActivities {
    private final Map<BakeStep, CountDownLatch> reached = new EnumMap<>(BakeStep.class);
    private final Map<BakeStep, CountDownLatch> released = new EnumMap<>(BakeStep.class);
    private final Map<BakeStep, String> failures = new EnumMap<>(BakeStep.class);
    private final Map<String, String> refusals = new LinkedHashMap<>();

    /** The step's activity tells what it waits for, and waits until it is released. */
    synchronized Waiting waitsAt(BakeStep step) {
        CountDownLatch arrival = new CountDownLatch(1);
        CountDownLatch departure = new CountDownLatch(1);
        reached.put(step, arrival);
        released.put(step, departure);
        return new Waiting(arrival, departure);
    }

    /** AWS does not let this image go. */
    synchronized void refusesToDelete(String image, String why) {
        refusals.put(image, why);
    }

    private synchronized List<ImageVerdict> refusedImages() {
        return refusals.entrySet().stream()
                .map(refusal -> new ImageVerdict(new ImageId(refusal.getKey()), refusal.getKey(), refusal.getValue()))
                .toList();
    }

    synchronized void failsAt(BakeStep step, String code) {
        failures.put(step, code);
    }

    /** A bake that stands at a step. */
    record Waiting(CountDownLatch arrival, CountDownLatch departure) {
        void untilReached() throws InterruptedException {
            arrival.await();
        }

        void release() {
            departure.countDown();
        }
    }

    @Override
    public BakePlan plan(PlanBake request) {
        String recipe = request.request().recipe().path("name").asText();
        Region region = new Region(request.request().recipe().path("region").asText());
        Foundation foundation = new Foundation("al2023-*", List.of("amazon"), Architecture.X86_64, false);
        Instant deadline = request.startedAt().plus(Duration.ofHours(4));
        return new BakePlan(
                recipe,
                region,
                new FindFoundationImage(region, foundation, Optional.empty()),
                List.of(new LaunchCandidate("t3.medium", Optional.of("subnet-a"))),
                new BuilderSettings(
                        SystemFamily.AMAZON_LINUX,
                        List.of("sg-1"),
                        "ami-bakery-builder",
                        RootVolume.DEFAULT,
                        true,
                        Map.of(),
                        deadline.plus(Duration.ofHours(1)),
                        false),
                new CommandPlan(
                        command("verify agent"),
                        command("update packages"),
                        command("install packages"),
                        List.of(command("run playbook")),
                        command("scrub"),
                        Optional.empty()),
                new ImagePlan(recipe + "-1", "Baked by a test", Map.of(), Map.of(), StagePlan.NONE),
                new DeleteOldImages(
                        region, "ami-bakery", recipe, RetentionPolicy.DEFAULT, 10, Optional.empty(), Optional.empty()),
                Optional.empty(),
                deadline,
                List.of(),
                Optional.empty(),
                BakePlan.REVISION);
    }

    @Override
    public FoundationImage find(FindFoundationImage request) {
        reach(BakeStep.FIND_FOUNDATION_IMAGE, "the function");
        return new FoundationImage(
                new ImageId("ami-foundation"),
                "al2023-2026",
                "137112412989",
                Architecture.X86_64,
                Instant.EPOCH,
                "/dev/xvda",
                8);
    }

    @Override
    public InstanceId launch(LaunchBuilder request) {
        reach(BakeStep.LAUNCH_BUILDER, "capacity");
        return new InstanceId("i-1");
    }

    @Override
    public RunningBuilder awaitRunning(BuilderRef builder) {
        return new RunningBuilder(builder.id(), "us-east-1a");
    }

    @Override
    public FoundBuilder find(FindBuilder request) {
        return new FoundBuilder(Optional.of(new InstanceId("i-1")));
    }

    @Override
    public void stop(BuilderRef builder) {}

    @Override
    public void terminate(BuilderRef builder) {}

    @Override
    public void awaitGone(BuilderRef builder) {}

    @Override
    public Agent awaitOnline(BuilderRef builder) {
        reach(BakeStep.VERIFY_AGENT, "The agent of i-1 is not online yet");
        return new Agent("3.3.4108.0", "Amazon Linux", "2023");
    }

    @Override
    public CommandResult run(RunCommand request) {
        switch (request.command().label()) {
            case "update packages" -> reach(BakeStep.UPDATE_PACKAGES, "yum");
            case "install packages" -> reach(BakeStep.INSTALL_PACKAGES, "yum");
            case "run playbook" -> reach(BakeStep.RUN_PLAYBOOKS, "ansible");
            default -> {}
        }
        return new CommandResult("command-1", request.command().label() + " done", "");
    }

    @Override
    public ImageId create(CreateImage request) {
        reach(BakeStep.CREATE_IMAGE, "a snapshot");
        return new ImageId("ami-" + request.name());
    }

    @Override
    public AvailableImage awaitAvailable(ImageRef image) {
        return new AvailableImage(image.id(), List.of("snap-1"));
    }

    @Override
    public void tag(TagImage request) {}

    @Override
    public void discard(DiscardImage request) {}

    @Override
    public RetentionScope findScope(FindRetentionScope request) {
        JsonNode recipe = request.recipe();
        return new RetentionScope(
                recipe.path("name").asText(),
                new Region(recipe.path("region").asText()),
                List.of(),
                "ami-bakery",
                RetentionPolicy.DEFAULT,
                Optional.empty());
    }

    @Override
    public RetentionReport deleteOldImages(DeleteOldImages request) {
        return new RetentionReport(
                List.of(new ImageVerdict(new ImageId("ami-old"), "web-0", "older than 30 days and unused")),
                List.of(new ImageVerdict(new ImageId("ami-used"), "web-1", "is in use by i-1")),
                refusedImages(),
                Optional.empty());
    }

    private void reach(BakeStep step, String awaited) {
        CountDownLatch arrival;
        CountDownLatch departure;
        String code;
        synchronized (this) {
            arrival = reached.remove(step);
            departure = released.remove(step);
            code = failures.remove(step);
        }
        if (code != null) {
            throw ApplicationFailure.newNonRetryableFailure("EC2 answered %s.".formatted(code), code);
        }
        if (arrival != null && departure != null) {
            Activity.getExecutionContext().heartbeat(new LastSighting("i-1", awaited));
            arrival.countDown();
            await(departure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static PlannedCommand command(String label) {
        return new PlannedCommand(label, "ami-bakery-" + label.replace(' ', '-'), Map.of(), Duration.ofMinutes(30));
    }
}
