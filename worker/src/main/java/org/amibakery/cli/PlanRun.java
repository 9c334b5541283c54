package org.amibakery.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.bake.PlanBake;
import org.amibakery.bake.aws.AwsPlanActivities;
import org.amibakery.builder.BakeId;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Installations;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.foundation.aws.AwsFoundationActivities;
import org.amibakery.function.BakeryFunction;
import org.amibakery.function.Functions;
import org.amibakery.function.InProcessFunctions;
import org.amibakery.function.LambdaFunctions;
import org.amibakery.function.Question;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;
import org.amibakery.lambdas.cleanup.CleanUpImagesRequest;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.temporal.Unreachable;
import org.amibakery.worker.InstallationSource;

/** Plans a bake as its worker would, and asks AWS only what changes nothing. */
final class PlanRun {
    private final Surroundings surroundings;
    private final Console console;

    PlanRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    ExitCode plan(Path file, RecipeOptions overrides) {
        CommandLogs.quiet();
        WrittenRecipe written = overrides.read(new RecipeReader(), file);
        try (AwsClients clients = AwsClients.standard()) {
            Preview preview = preview(written, clients);
            PlanText.lines(preview, console.palette()).forEach(console::text);
            console.json(PlanJson.of(preview));
        }
        return ExitCode.DONE;
    }

    private Preview preview(WrittenRecipe written, AwsClients clients) {
        Clock clock = surroundings.clock();
        Installation installation = new InstallationSource(surroundings.environment()).read(clients);
        Region region = new Installations(installation, clients).place(written.recipe());
        String workflowId = BakeWorkflow.id(written.recipe().name(), region.name());
        BakePlan plan = new AwsPlanActivities(installation, clients, List.of())
                .plan(new PlanBake(
                        new BakeRequest(written.json()),
                        new BakeId("default", workflowId, "planned-only"),
                        clock.instant()));
        Functions functions = new Functions(new LambdaFunctions(clients), new InProcessFunctions(clients::ec2, clock));
        FoundationImage foundation = new AwsFoundationActivities(functions, clients)
                .find(new FindFoundationImage(plan.region(), plan.foundation().foundation(), Optional.empty()));
        return new Preview(
                workflowId, clock.instant(), plan, foundation, cleanUp(plan.retention(), functions), usual(workflowId));
    }

    private static CleanUpImagesReport cleanUp(DeleteOldImages retention, Functions functions) {
        CleanUpImagesRequest request = new CleanUpImagesRequest(
                retention.stack(),
                retention.family(),
                retention.region().name(),
                retention.policy().olderThan(),
                retention.policy().keepAtLeast(),
                retention.cap(),
                CleanUpMode.PLAN,
                Optional.empty(),
                retention.policy().deprecateFor(),
                retention.policy().disableFor(),
                Optional.empty());
        return functions
                .inProcess()
                .ask(new Question<>(
                        BakeryFunction.CLEAN_UP_IMAGES, retention.region(), () -> request, CleanUpImagesReport.class));
    }

    /** A plan is worth having without Temporal, too. */
    private Optional<Duration> usual(String workflowId) {
        try {
            return surroundings.temporal().with(temporal -> new BakeHistory(temporal).lastDuration(workflowId));
        } catch (Unreachable away) {
            return Optional.empty();
        }
    }
}
