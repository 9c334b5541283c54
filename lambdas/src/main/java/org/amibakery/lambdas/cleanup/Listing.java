package org.amibakery.lambdas.cleanup;

import java.util.function.Consumer;
import org.amibakery.lambdas.AwsCalls;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/**
 * Lists what the account has of the families of one request, page by page: one look for all of them. Hands out each thing as
 * it comes, since a family may be large.
 */
final class Listing {
    private static final int PAGE = 1_000;

    private final Ec2Client ec2;
    private final CleanUpFamiliesRequest request;

    Listing(Ec2Client ec2, CleanUpFamiliesRequest request) {
        this.ec2 = ec2;
        this.request = request;
    }

    /** Hands out own images, disabled and deprecated ones included; an error of EC2 ends the function. */
    void images(Consumer<Image> each) {
        AwsCalls.required("DescribeImages", request.region(), () -> {
            ec2.describeImagesPaginator(FamilyImages.own()
                            .filters(Tags.filters(request))
                            .maxResults(PAGE)
                            .build())
                    .images()
                    .forEach(each);
            return request;
        });
    }

    /** Hands out own snapshots. */
    void snapshots(Consumer<Snapshot> each) {
        ec2.describeSnapshotsPaginator(DescribeSnapshotsRequest.builder()
                        .ownerIds("self")
                        .filters(Tags.filters(request))
                        .maxResults(PAGE)
                        .build())
                .snapshots()
                .forEach(each);
    }
}
