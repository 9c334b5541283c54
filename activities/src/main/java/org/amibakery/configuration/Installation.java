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
        List<TargetAccount> accounts) {

    /** Describes one that bakes in its own account only. */
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
        accounts = List.copyOf(accounts);
    }

    /** This installation in a place that is configured as another one says; whom it tells and how it polls stays. */
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
                accounts);
    }

    /** The SSM parameter in which the CloudFormation template leaves a stack's configuration. */
    public static String parameterOf(String stack) {
        return "/ami-bakery/" + stack + "/config";
    }
}
