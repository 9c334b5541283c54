package org.amibakery.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.builder.LaunchToken;
import org.amibakery.builder.aws.LaunchCall;
import org.amibakery.configuration.Installation;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.ReservedTags;
import org.amibakery.recipe.Architecture;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.RootVolume;
import org.amibakery.recipe.SystemFamily;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/** Rehearses a launch as a bake makes it (RunInstances, DryRun): permissions, profile, subnet and groups in one. */
final class LaunchCheckup implements Checkup {
    private static final String SUBJECT = "launch";
    private static final String TYPE = "t3.medium";
    private static final int ROOT_GIBIBYTES = 8;

    private final AwsClients clients;
    private final Installation installation;
    private final Clock clock;

    LaunchCheckup(AwsClients clients, Installation installation, Clock clock) {
        this.clients = clients;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public List<Finding> examine() {
        Ec2Client ec2 = clients.ec2(installation.region());
        try {
            return List.of(newestAmazonLinux(ec2)
                    .map(image -> rehearse(ec2, image))
                    .orElseGet(() -> Finding.untried(
                            SUBJECT,
                            "There is no Amazon Linux in %s to rehearse with.".formatted(installation.region()),
                            "Bake, and see.")));
        } catch (SdkException refused) {
            return List.of(AwsAnswers.refused(SUBJECT, "ec2:DescribeImages", refused));
        }
    }

    private static Optional<Image> newestAmazonLinux(Ec2Client ec2) {
        return ec2
                .describeImages(ask -> ask.owners("amazon")
                        .filters(
                                Filter.builder()
                                        .name("name")
                                        .values("al2023-ami-2023.*-x86_64")
                                        .build(),
                                Filter.builder()
                                        .name("state")
                                        .values("available")
                                        .build()))
                .images()
                .stream()
                .max(Comparator.comparing(Image::creationDate));
    }

    private Finding rehearse(Ec2Client ec2, Image image) {
        Optional<SdkException> refusal =
                AwsAnswers.refusal(() -> ec2.runInstances(LaunchCall.rehearsalOf(launchOf(image))));
        if (refusal.isEmpty()) {
            return Finding.good(
                    SUBJECT,
                    "A builder may be launched, with the instance profile %s."
                            .formatted(installation.instanceProfile()));
        }
        SdkException refused = refusal.get();
        if (AwsAnswers.isDenial(refused)) {
            return Finding.broken(
                    SUBJECT,
                    "A launch is denied: %s.".formatted(AwsAnswers.words(refused)),
                    "Allow ec2:RunInstances and ec2:CreateTags at creation, and iam:PassRole of the builder's role to ec2.amazonaws.com: %s."
                            .formatted(AwsAnswers.POLICIES));
        }
        return AwsCalls.messageOf(refused).contains("Instance Profile")
                ? Finding.broken(
                        SUBJECT,
                        "The instance profile cannot be used: %s.".formatted(AwsAnswers.words(refused)),
                        "Correct builder.instanceProfile (%s), or deploy the stack."
                                .formatted(installation.instanceProfile()))
                : Finding.broken(
                        SUBJECT,
                        "A launch is refused: %s.".formatted(AwsAnswers.words(refused)),
                        "Correct the installation's network and builder, or raise the quota that AWS names.");
    }

    private LaunchBuilder launchOf(Image image) {
        Instant expires = clock.instant().plus(Duration.ofHours(1));
        BuilderSettings settings = new BuilderSettings(
                SystemFamily.AMAZON_LINUX,
                installation.network().securityGroups(),
                installation.instanceProfile(),
                RootVolume.DEFAULT,
                true,
                Map.of(
                        ReservedTags.STACK, installation.stack(),
                        ReservedTags.RECIPE, "doctor",
                        ReservedTags.BAKE, "doctor",
                        ReservedTags.RUN, "doctor",
                        ReservedTags.EXPIRES, expires.toString()),
                expires,
                installation.network().publicIp());
        return new LaunchBuilder(
                installation.region(),
                new LaunchToken("doctor-" + expires.toEpochMilli()),
                new LaunchCandidate(
                        TYPE, installation.network().subnets().stream().findFirst()),
                new FoundationImage(
                        new ImageId(image.imageId()),
                        image.name(),
                        image.ownerId(),
                        Architecture.X86_64,
                        Instant.parse(image.creationDate()),
                        image.rootDeviceName(),
                        ROOT_GIBIBYTES),
                settings);
    }
}
