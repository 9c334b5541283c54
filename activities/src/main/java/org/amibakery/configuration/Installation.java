package org.amibakery.configuration;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.amibakery.aws.TargetAccount;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Polling;

/**
 * Describes one installation of the bakery, the same for all its bakes.
 *
 * @param stack the name in the tag {@code ami-bakery:stack} of everything the installation makes
 * @param region where recipes without a region are baked
 * @param instanceProfile the instance profile of every builder
 * @param documentPrefix what the names of the installation's SSM documents begin with
 * @param playbookBucket where this installation keeps its playbook archives; recipes name theirs in full
 * @param outputBucket where commands leave their full output; without it only its beginning is kept
 * @param notificationTopic the ARN of the SNS topic that hears of ended bakes
 * @param launchesPerSecond how many builders all workers together ask EC2 for in a second, greater than 0
 * @param accounts the other accounts in which a recipe may ask to be baked
 */
public record Installation(
        String stack,
        Region region,
        Network network,
        String instanceProfile,
        Functions functions,
        String documentPrefix,
        Optional<String> playbookBucket,
        Optional<String> outputBucket,
        Optional<String> notificationTopic,
        Polling polling,
        double launchesPerSecond,
        List<TargetAccount> accounts) {

    /** What EC2 lets an account launch in a region for as long as it likes ("Request throttling for the Amazon EC2 API"). */
    public static final double USUAL_LAUNCHES_PER_SECOND = 2;

    /** Describes one that bakes in its own account only, which has EC2's usual limits. */
    public Installation(
            String stack,
            Region region,
            Network network,
            String instanceProfile,
            Functions functions,
            String documentPrefix,
            Optional<String> playbookBucket,
            Optional<String> outputBucket,
            Optional<String> notificationTopic,
            Polling polling) {
        this(
                stack,
                region,
                network,
                instanceProfile,
                functions,
                documentPrefix,
                playbookBucket,
                outputBucket,
                notificationTopic,
                polling,
                USUAL_LAUNCHES_PER_SECOND,
                List.of());
    }

    public Installation {
        requireNonNull(stack, "stack");
        requireNonNull(region, "region");
        requireNonNull(network, "network");
        requireNonNull(instanceProfile, "instanceProfile");
        requireNonNull(functions, "functions");
        requireNonNull(documentPrefix, "documentPrefix");
        requireNonNull(playbookBucket, "playbookBucket");
        requireNonNull(outputBucket, "outputBucket");
        requireNonNull(notificationTopic, "notificationTopic");
        requireNonNull(polling, "polling");
        if (!(launchesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "launchesPerSecond must be greater than 0, not %s".formatted(launchesPerSecond));
        }
        accounts = List.copyOf(accounts);
    }

    /** This installation in a place that is configured as another one says; whom it tells, how it polls and its pace stay. */
    Installation in(Region place, Installation local) {
        return new Installation(
                stack,
                place,
                local.network(),
                local.instanceProfile(),
                local.functions(),
                local.documentPrefix(),
                local.playbookBucket(),
                local.outputBucket(),
                notificationTopic,
                polling,
                launchesPerSecond,
                accounts);
    }

    /** The SSM parameter in which the CloudFormation template leaves a stack's configuration. */
    public static String parameterOf(String stack) {
        return "/ami-bakery/" + stack + "/config";
    }
}
