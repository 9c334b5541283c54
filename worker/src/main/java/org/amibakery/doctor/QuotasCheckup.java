package org.amibakery.doctor;

import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Examines how near the region is to the usual quotas that bakes run into: images, and snapshots. */
final class QuotasCheckup implements Checkup {
    private static final String SUBJECT = "quotas";
    private static final int IMAGES = 50_000;
    private static final int SNAPSHOTS = 100_000;
    private static final double NEAR = 0.8;

    private final AwsClients clients;
    private final Installation installation;
    private final int mostImages;
    private final int mostSnapshots;

    QuotasCheckup(AwsClients clients, Installation installation) {
        this(clients, installation, IMAGES, SNAPSHOTS);
    }

    /** With quotas that are not AWS's usual ones. */
    QuotasCheckup(AwsClients clients, Installation installation, int mostImages, int mostSnapshots) {
        this.clients = clients;
        this.installation = installation;
        this.mostImages = mostImages;
        this.mostSnapshots = mostSnapshots;
    }

    @Override
    public List<Finding> examine() {
        Ec2Client ec2 = clients.ec2(installation.region());
        try {
            long images = ec2
                    .describeImagesPaginator(
                            ask -> ask.owners("self").includeDisabled(true).includeDeprecated(true))
                    .images()
                    .stream()
                    .count();
            long snapshots = ec2.describeSnapshotsPaginator(ask -> ask.ownerIds("self")).snapshots().stream()
                    .count();
            return List.of(judged("images", images, mostImages), judged("snapshots", snapshots, mostSnapshots));
        } catch (SdkException refused) {
            return List.of(AwsAnswers.refused(SUBJECT, "ec2:DescribeImages and ec2:DescribeSnapshots", refused));
        }
    }

    private static Finding judged(String noun, long count, int quota) {
        String found = "%d of %d %s, the usual quota of a region.".formatted(count, quota, noun);
        return count < NEAR * quota
                ? Finding.good(SUBJECT, found)
                : Finding.warning(
                        SUBJECT,
                        found,
                        "Let retention delete more (bakery retention plan), or raise the quota in Service Quotas.");
    }
}
