package org.amibakery.lambdas.cleanup;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amibakery.lambdas.AwsCallFailed;
import org.amibakery.lambdas.AwsCalls;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * Reads the account's own images of one family, page by page.
 *
 * <p>Own means: asked for with owner {@code self}, carrying the stack's and the recipe's tag (tags of a shared image are
 * invisible to other accounts), and all of one owner id. Disabled and deprecated images are included.
 */
final class FamilyImages {
    /** EC2 takes at most 200 values a filter. */
    static final int FILTER_VALUES = 200;

    private static final int PAGE = 1_000;

    private final Ec2Client ec2;
    private final CleanUpImagesRequest request;

    FamilyImages(Ec2Client ec2, CleanUpImagesRequest request) {
        this.ec2 = ec2;
        this.request = request;
    }

    /** Returns every image of the family, the oldest first; one without a readable date is told to the tally. */
    List<OwnImage> oldestFirst(Tally tally) {
        List<OwnImage> images = new ArrayList<>();
        Set<String> owners = new HashSet<>();
        AwsCalls.required("DescribeImages", request.region(), () -> {
            for (Image image : ec2.describeImagesPaginator(listing()).images()) {
                if (isOfFamily(image)) {
                    owners.add(image.ownerId());
                    read(image, images, tally);
                }
            }
            return images;
        });
        refuseMixedOwners(owners);
        images.sort(OwnImage.OLDEST_FIRST);
        return images;
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

    private DescribeImagesRequest listing() {
        return own().filters(Tags.filters(request)).maxResults(PAGE).build();
    }

    private static DescribeImagesRequest.Builder own() {
        return DescribeImagesRequest.builder()
                .owners("self")
                .includeDisabled(true)
                .includeDeprecated(true);
    }

    private boolean isOfFamily(Image image) { // deregistered images linger in answers for a while
        return Tags.belongTo(request, image.tags()) && image.state() != ImageState.DEREGISTERED;
    }

    private static void read(Image image, List<OwnImage> images, Tally tally) {
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

    private void refuseMixedOwners(Set<String> owners) {
        if (owners.size() > 1) {
            throw new AwsCallFailed(String.format(
                    "DescribeImages in %s answered images of several owners %s when asked for our own. Nothing was"
                            + " changed. Check the endpoint that the function talks to.",
                    request.region(), owners));
        }
    }
}
