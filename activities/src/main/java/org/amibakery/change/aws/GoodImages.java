package org.amibakery.change.aws;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.lambdas.ReservedTags;
import org.amibakery.recipe.ImageId;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** Finds the newest image of a family that counts: the account's own, available, tagged good, baked in this region. */
final class GoodImages {
    private static final String GOOD = "good";
    private static final int PAGE = 1_000;

    private final AwsClients clients;

    GoodImages(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    Optional<GoodImage> newest(BakePlan plan) {
        return Ec2Errors.DESCRIBE.guard(
                "DescribeImages",
                plan.region(),
                () -> clients.ec2(plan.region()).describeImagesPaginator(listing(plan)).images().stream()
                        .filter(image -> image.state() == ImageState.AVAILABLE)
                        .map(GoodImages::read)
                        .filter(image -> isOfFamily(plan, image))
                        .max(Comparator.comparing(GoodImage::createdAt)
                                .thenComparing(image -> image.id().value())));
    }

    /** Tags of images that other accounts share are invisible, and theirs would not count; deprecated ones are good. */
    private static DescribeImagesRequest listing(BakePlan plan) {
        return DescribeImagesRequest.builder()
                .owners("self")
                .includeDeprecated(true)
                .filters(
                        tag(ReservedTags.STACK, plan.retention().stack()),
                        tag(ReservedTags.RECIPE, plan.recipe()),
                        tag(ReservedTags.STATE, GOOD))
                .maxResults(PAGE)
                .build();
    }

    private static Filter tag(String key, String value) {
        return Filter.builder().name("tag:" + key).values(value).build();
    }

    private static GoodImage read(Image image) {
        Map<String, String> tags = new LinkedHashMap<>();
        image.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return new GoodImage(new ImageId(image.imageId()), Instant.parse(image.creationDate()), tags);
    }

    /** EC2 reads * and ? in filter values as wildcards; and a copy of an image baked elsewhere is not this family's. */
    private static boolean isOfFamily(BakePlan plan, GoodImage image) {
        String bake = image.tag(ReservedTags.BAKE).orElse("");
        boolean elsewhere = bake.startsWith(BakeWorkflow.id(plan.recipe(), ""))
                && !bake.equals(BakeWorkflow.id(plan.recipe(), plan.region().name()));
        return image.tag(ReservedTags.STACK).equals(Optional.of(plan.retention().stack()))
                && image.tag(ReservedTags.RECIPE).equals(Optional.of(plan.recipe()))
                && !elsewhere;
    }
}
