package org.amibakery.retention.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.aws.ErrorTable;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Installations;
import org.amibakery.function.Functions;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RequestedRecipes;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.retention.FindRetentionScope;
import org.amibakery.retention.RetentionActivities;
import org.amibakery.retention.RetentionReport;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawalStep;
import org.amibakery.retention.RetentionReport.WithdrawnImage;
import org.amibakery.retention.RetentionScope;
import org.amibakery.watch.Crowd;
import software.amazon.awssdk.core.exception.SdkException;

/** Deletes old images by the function {@code clean-up-images}, which decides and acts. */
public final class AwsRetentionActivities implements RetentionActivities {
    /** A round looks at up to 1,000 images; history, which is paid for by the byte, gets some of them. */
    private static final int KEPT_EXAMPLES = 20;

    private static final ErrorTable READ = ErrorTable.creating("SSM");

    private final RequestedRecipes recipes = new RequestedRecipes();
    private final Installations installations;
    private final CleanUpQuestions questions;

    /**
     * Takes the installation here and elsewhere, and the ways to ask a function.
     *
     * @param crowd those with whom a question may be shared
     */
    public AwsRetentionActivities(Installations installations, Functions functions, Crowd crowd) {
        this.installations = requireNonNull(installations, "installations");
        this.questions = new CleanUpQuestions(requireNonNull(functions, "functions"), requireNonNull(crowd, "crowd"));
    }

    @Override
    public RetentionScope findScope(FindRetentionScope request) {
        Recipe recipe = recipes.read(request.recipe()).recipe();
        Region bakedIn = installations.place(recipe);
        Installation installation = installationIn(bakedIn);
        return new RetentionScope(
                recipe.name(),
                bakedIn,
                Stream.concat(
                                Stream.of(bakedIn),
                                recipe.image().copyTo().stream().map(region -> bakedIn.sibling(region.name())))
                        .distinct()
                        .toList(),
                installation.stack(),
                recipe.retention(),
                installation.functions().deployedCleanUpImages());
    }

    private Installation installationIn(Region place) {
        try {
            return installations
                    .in(place)
                    .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                            "The stack %s is not installed in %s, so its old images stay. Deploy it there, or correct the recipe's account and region."
                                    .formatted(installations.home().stack(), place),
                            "NotInstalled"));
        } catch (SdkException refused) {
            throw READ.failure("GetParameter", place, refused);
        }
    }

    @Override
    public RetentionReport deleteOldImages(DeleteOldImages request) {
        CleanUpImagesReport report = questions.ask(request);
        return new RetentionReport(
                deleted(report),
                kept(report),
                failed(report),
                report.continuation(),
                report.kept().size() + report.keptUnlisted(),
                withdrawn(report));
    }

    private static List<ImageVerdict> deleted(CleanUpImagesReport report) {
        Stream<ImageVerdict> images = report.deleted().stream()
                .map(image -> new ImageVerdict(new ImageId(image.imageId()), image.name(), image.reason()));
        Stream<ImageVerdict> leftovers = report.leftovers().stream()
                .map(left -> new ImageVerdict(
                        new ImageId(left.imageId()),
                        left.snapshotId(),
                        "left behind by an earlier run that was interrupted"));
        return Stream.concat(images, leftovers).toList();
    }

    private static List<WithdrawnImage> withdrawn(CleanUpImagesReport report) {
        return report.withdrawn().stream()
                .map(image -> new WithdrawnImage(
                        new ImageId(image.imageId()),
                        image.name(),
                        switch (image.step()) {
                            case DEPRECATED -> WithdrawalStep.DEPRECATED;
                            case DISABLED -> WithdrawalStep.DISABLED;
                        },
                        image.until(),
                        image.reason()))
                .toList();
    }

    private static List<ImageVerdict> kept(CleanUpImagesReport report) {
        return report.kept().stream()
                .limit(KEPT_EXAMPLES)
                .map(image -> new ImageVerdict(new ImageId(image.imageId()), image.name(), image.reason()))
                .toList();
    }

    private static List<ImageVerdict> failed(CleanUpImagesReport report) {
        return report.failed().stream()
                .map(image -> new ImageVerdict(new ImageId(image.imageId()), image.imageId(), image.message()))
                .toList();
    }
}
