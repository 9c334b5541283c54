package org.amibakery.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.lambdas.ReservedTags;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Examines what else a worker may do: looks are made, changes rehearsed (DryRun) on an image of the installation's own if it
 * has one, since permissions to change something hold for what carries the stack's tag.
 */
final class PermissionsCheckup implements Checkup {
    private static final String SUBJECT = "permissions";
    private static final int ONE_PAGE = 5;

    private final AwsClients clients;
    private final Installation installation;

    PermissionsCheckup(AwsClients clients, Installation installation) {
        this.clients = clients;
        this.installation = installation;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(tried(looks(), "looks that bakes need"));
        Optional<Image> own = ownImage();
        own.ifPresentOrElse(
                image -> findings.addAll(tried(changes(image), "changes that bakes need")),
                () -> findings.add(Finding.untried(
                        SUBJECT,
                        "There is no image of the stack %s yet to rehearse changes on.".formatted(installation.stack()),
                        "Run the doctor again after the first bake.")));
        return findings;
    }

    private Map<String, Supplier<?>> looks() {
        Ec2Client ec2 = clients.ec2(installation.region());
        SsmClient ssm = clients.ssm(installation.region());
        Map<String, Supplier<?>> looks = new LinkedHashMap<>();
        looks.put("ec2:DescribeInstances", () -> ec2.describeInstances(ask -> ask.maxResults(ONE_PAGE)));
        looks.put("ec2:DescribeVolumes", () -> ec2.describeVolumes(ask -> ask.maxResults(ONE_PAGE)));
        looks.put(
                "ec2:DescribeSnapshots",
                () -> ec2.describeSnapshots(ask -> ask.ownerIds("self").maxResults(ONE_PAGE)));
        looks.put(
                "ec2:DescribeNetworkInterfaces", () -> ec2.describeNetworkInterfaces(ask -> ask.maxResults(ONE_PAGE)));
        looks.put("ec2:DescribeRegions", () -> ec2.describeRegions());
        looks.put(
                "ssm:DescribeInstanceInformation",
                () -> ssm.describeInstanceInformation(ask -> ask.maxResults(ONE_PAGE)));
        looks.put("ssm:ListCommands", () -> ssm.listCommands(ask -> ask.maxResults(1)));
        looks.put("ssm:ListCommandInvocations", () -> ssm.listCommandInvocations(ask -> ask.maxResults(1)));
        return looks;
    }

    private Map<String, Supplier<?>> changes(Image image) {
        Ec2Client ec2 = clients.ec2(installation.region());
        Map<String, Supplier<?>> changes = new LinkedHashMap<>();
        changes.put(
                "ec2:CreateTags",
                () -> ec2.createTags(ask -> ask.dryRun(true)
                        .resources(image.imageId())
                        .tags(Tag.builder()
                                .key(ReservedTags.STACK)
                                .value(installation.stack())
                                .build())));
        changes.put(
                "ec2:DeleteTags",
                () -> ec2.deleteTags(ask -> ask.dryRun(true)
                        .resources(image.imageId())
                        .tags(Tag.builder().key(ReservedTags.EXPIRES).build())));
        changes.put(
                "ec2:DeregisterImage",
                () -> ec2.deregisterImage(ask -> ask.dryRun(true).imageId(image.imageId())));
        image.blockDeviceMappings().stream()
                .filter(mapping -> mapping.ebs() != null && mapping.ebs().snapshotId() != null)
                .findFirst()
                .ifPresent(mapping -> changes.put(
                        "ec2:DeleteSnapshot",
                        () -> ec2.deleteSnapshot(
                                ask -> ask.dryRun(true).snapshotId(mapping.ebs().snapshotId()))));
        return changes;
    }

    private static List<Finding> tried(Map<String, Supplier<?>> calls, String noun) {
        List<Finding> findings = new ArrayList<>();
        calls.forEach((action, call) -> AwsAnswers.refusal(call)
                .ifPresent(refused -> findings.add(AwsAnswers.refused(SUBJECT, action, refused))));
        return findings.isEmpty()
                ? List.of(Finding.good(SUBJECT, "All %d %s are allowed.".formatted(calls.size(), noun)))
                : findings;
    }

    private Optional<Image> ownImage() {
        try {
            return clients
                    .ec2(installation.region())
                    .describeImages(ask -> ask.owners("self")
                            .filters(Filter.builder()
                                    .name("tag:" + ReservedTags.STACK)
                                    .values(installation.stack())
                                    .build()))
                    .images()
                    .stream()
                    .findFirst();
        } catch (SdkException refused) { // the launch's rehearsal tells that images cannot be looked up
            return Optional.empty();
        }
    }
}
