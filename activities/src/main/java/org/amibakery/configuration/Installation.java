package org.amibakery.configuration;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
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
        Polling polling) {

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
    }

    /** The SSM parameter in which the CloudFormation template leaves a stack's configuration. */
    public static String parameterOf(String stack) {
        return "/ami-bakery/" + stack + "/config";
    }
}
