package org.amibakery.bake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.command.PlannedCommand;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.recipe.Architecture;
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;
import org.amibakery.recipe.RootVolume;
import org.amibakery.recipe.SystemFamily;
import org.amibakery.retention.DeleteOldImages;

/** Plans valid bakes; a test says only what its own bake is about. */
final class Plans implements PlanActivities {
    static final Region REGION = new Region("us-east-1");

    private Optional<Duration> hold = Optional.empty();
    private StagePlan stages = StagePlan.NONE;
    private Duration deadline = Duration.ofHours(4);
    private Optional<String> notificationTopic = Optional.empty();
    private int revision = BakePlan.REVISION;

    Plans holding(Duration kept) {
        hold = Optional.of(kept);
        return this;
    }

    Plans with(StagePlan wanted) {
        stages = wanted;
        return this;
    }

    Plans notifying(String topic) {
        notificationTopic = Optional.of(topic);
        return this;
    }

    Plans ofRevision(int number) {
        revision = number;
        return this;
    }

    Plans within(Duration limit) {
        deadline = limit;
        return this;
    }

    @Override
    public BakePlan plan(PlanBake request) {
        Instant ends = request.startedAt().plus(deadline);
        Foundation foundation = new Foundation("al2023-*", List.of("amazon"), Architecture.X86_64, false);
        return new BakePlan(
                "web",
                REGION,
                new FindFoundationImage(REGION, foundation, Optional.empty()),
                List.of(
                        new LaunchCandidate("t3.medium", Optional.of("subnet-a")),
                        new LaunchCandidate("m5.large", Optional.of("subnet-a")),
                        new LaunchCandidate("m5.large", Optional.of("subnet-b"))),
                settings(request.bake(), ends),
                new CommandPlan(
                        command("verify agent"),
                        command("update packages"),
                        command("install packages"),
                        List.of(command("run playbook")),
                        command("scrub"),
                        Optional.empty()),
                new ImagePlan("web-1", "Baked by AMI Bakery", Map.of(), Map.of(), stages),
                new DeleteOldImages(
                        REGION, "ami-bakery", "web", RetentionPolicy.DEFAULT, 10, Optional.empty(), Optional.empty()),
                hold,
                ends,
                List.of(),
                notificationTopic,
                revision);
    }

    /** A test whose command is called {@code test image}. */
    static TestPlan aTest() {
        BakeId bake = new BakeId("default", "bake/web/us-east-1", "run-1");
        return new TestPlan(settings(bake, Instant.parse("2026-01-01T04:00:00Z")), command("test image"));
    }

    private static BuilderSettings settings(BakeId bake, Instant ends) {
        return new BuilderSettings(
                SystemFamily.AMAZON_LINUX,
                List.of("sg-1"),
                "ami-bakery-builder",
                RootVolume.DEFAULT,
                true,
                Map.of("ami-bakery:bake", bake.workflowId()),
                ends.plus(Duration.ofHours(3)),
                false);
    }

    private static PlannedCommand command(String label) {
        return new PlannedCommand(label, "ami-bakery-" + label.replace(' ', '-'), Map.of(), Duration.ofMinutes(30));
    }
}
