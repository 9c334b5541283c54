package org.amibakery.lambdas.cleanup;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amibakery.lambdas.AwsCallFailed;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * Holds the account's own images of one family.
 *
 * <p>Own means: asked for with owner {@code self}, carrying the stack's and the recipe's tag (tags of a shared image are
 * invisible to other accounts), and all of one owner id. Disabled and deprecated images are included.
 */
final class FamilyImages {
    /** EC2 takes at most 200 values a filter. */
    static final int FILTER_VALUES = 200;

    private final Ec2Client ec2;
    private final CleanUpImagesRequest request;
    private final Tally tally;
    private final List<OwnImage> images = new ArrayList<>();
    private final Set<String> owners = new HashSet<>();

    /** Tells the tally of an image without a readable date. */
    FamilyImages(Ec2Client ec2, CleanUpImagesRequest request, Tally tally) {
        this.ec2 = ec2;
        this.request = request;
        this.tally = tally;
    }

    /** Takes a listed image if it is one of the family. */
    void offer(Image image) {
        if (isOfFamily(image)) {
            owners.add(image.ownerId());
            read(image);
        }
    }

    /** Returns every image of the family that was listed, the oldest first. */
    List<OwnImage> oldestFirst() {
        return images.stream().sorted(OwnImage.OLDEST_FIRST).toList();
    }

    /** Looks at the given images once more, each as it is now; one that is gone is absent. */
    Map<String, Image> now(List<String> imageIds) {
        Map<String, Image> images = new LinkedHashMap<>();
        for (int start = 0; start < imageIds.size(); start += FILTER_VALUES) {
            List<String> ids = imageIds.subList(start, Math.min(start + FILTER_VALUES, imageIds.size()));
            ec2.describeImagesPaginator(byFilter("image-id", ids)).images().stream()
                    .filter(this::isOfFamily)
                    .forEach(image -> images.put(image.imageId(), image));
        }
        return images;
    }

    /** Builds the look-up of own images by a filter of at most {@value #FILTER_VALUES} values. */
    static DescribeImagesRequest byFilter(String name, List<String> values) {
        return own().filters(Filter.builder().name(name).values(values).build()).build();
    }

    /** Builds a look-up of own images, whatever has become of them. */
    static DescribeImagesRequest.Builder own() {
        return DescribeImagesRequest.builder()
                .owners("self")
                .includeDisabled(true)
                .includeDeprecated(true);
    }

    private boolean isOfFamily(Image image) { // deregistered images linger in answers for a while
        return Tags.belongTo(request, image.tags()) && image.state() != ImageState.DEREGISTERED;
    }

    private void read(Image image) {
        try {
            images.add(OwnImage.of(image));
        } catch (DateTimeParseException unreadable) {
            tally.failed(
                    image.imageId(),
                    "UnreadableCreationDate",
                    String.format(
                            "The creation date '%s' cannot be read, so the age is unknown. The image is kept. Look at it"
                                    + " in the console.",
                            image.creationDate()));
        }
    }

    /** Ends the function when the images are not all of one account. */
    void refuseMixedOwners() {
        if (owners.size() > 1) {
            throw new AwsCallFailed(String.format(
                    "DescribeImages in %s answered images of several owners %s when asked for our own. Nothing was"
                            + " changed. Check the endpoint that the function talks to.",
                    request.region(), owners));
        }
    }
}
