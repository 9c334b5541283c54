package org.amibakery.lambdas.foundation;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.NoFoundationImage;
import org.amibakery.lambdas.RegionalEc2;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * Finds the newest available image of trusted owners. Read-only.
 *
 * <p>DescribeImages is unordered and paginated, so every page is read. Owners are always sent and each image's owner is
 * looked at again: without them a stranger's newer image of a fitting name would be baked ("whoAMI", packer#6584).
 */
public final class FindFoundationImage {
    private static final Comparator<FoundationImageAnswer> BY_AGE =
            Comparator.comparing(FoundationImageAnswer::creationDate).thenComparing(FoundationImageAnswer::imageId);

    private final RegionalEc2 ec2;
    private final Clock clock;

    /** Takes the clients, and the clock that tells whether a deprecation time has passed. */
    public FindFoundationImage(RegionalEc2 ec2, Clock clock) {
        this.ec2 = ec2;
        this.clock = clock;
    }

    /** Answers the newest image, ties by image id; fails with {@link NoFoundationImage} when none answers the query. */
    public FoundationImageAnswer find(FoundationImageQuery query) {
        return AwsCalls.required("DescribeImages", query.region(), () -> newest(query))
                .orElseThrow(() -> noImage(query));
    }

    private Optional<FoundationImageAnswer> newest(FoundationImageQuery query) {
        return ec2.in(query.region()).describeImagesPaginator(request(query)).images().stream()
                .filter(image -> isTrusted(image, query) && image.state() == ImageState.AVAILABLE)
                .flatMap(image -> read(image).stream())
                .filter(image -> query.includeDeprecated() || !image.deprecated())
                .max(BY_AGE);
    }

    private static DescribeImagesRequest request(FoundationImageQuery query) {
        return DescribeImagesRequest.builder()
                .owners(query.owners())
                .includeDeprecated(query.includeDeprecated())
                .filters(
                        filter("name", query.name()),
                        filter("architecture", query.architecture()),
                        filter("state", "available"),
                        filter("root-device-type", "ebs"),
                        filter("virtualization-type", "hvm"))
                .build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static boolean isTrusted(Image image, FoundationImageQuery query) {
        return query.owners().contains(image.ownerId()) || query.owners().contains(image.imageOwnerAlias());
    }

    /** Reads an image, or nothing when it has no readable date or root volume and so cannot be baked from. */
    private Optional<FoundationImageAnswer> read(Image image) {
        return rootVolumeSize(image)
                .flatMap(size -> instant(image.creationDate()).map(created -> answer(image, size, created)));
    }

    private FoundationImageAnswer answer(Image image, int rootVolumeSizeGiB, Instant created) {
        return new FoundationImageAnswer(
                image.imageId(),
                image.name(),
                image.ownerId(),
                Optional.ofNullable(image.imageOwnerAlias()),
                image.architectureAsString(),
                created,
                image.rootDeviceName(),
                rootVolumeSizeGiB,
                isDeprecated(image));
    }

    private boolean isDeprecated(Image image) { // an owner sees its own deprecated images whether it asks or not
        return instant(image.deprecationTime())
                .filter(deprecation -> !deprecation.isAfter(clock.instant()))
                .isPresent();
    }

    private static Optional<Integer> rootVolumeSize(Image image) {
        return image.blockDeviceMappings().stream()
                .filter(mapping -> mapping.ebs() != null && mapping.ebs().volumeSize() != null)
                .filter(mapping -> String.valueOf(mapping.deviceName()).equals(image.rootDeviceName()))
                .map(BlockDeviceMapping::ebs)
                .map(volume -> volume.volumeSize())
                .findFirst();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static NoFoundationImage noImage(FoundationImageQuery query) {
        return new NoFoundationImage(String.format(
                "No available image named %s of owners %s for %s in %s%s. Nothing can be baked. Check the pattern, the"
                        + " owner and the region: aws ec2 describe-images --region %s --owners %s",
                query.name(),
                String.join(", ", query.owners()),
                query.architecture(),
                query.region(),
                query.includeDeprecated() ? "" : " (deprecated images were not looked at)",
                query.region(),
                String.join(" ", query.owners())));
    }
}
