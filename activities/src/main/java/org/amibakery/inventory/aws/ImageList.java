package org.amibakery.inventory.aws;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.image.OriginTags;
import org.amibakery.inventory.ListedImage;
import org.amibakery.inventory.ListedImage.State;
import org.amibakery.lambdas.ReservedTags;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** Lists the images of an installation in a region: its own bakes' and copies, deprecated and disabled ones too. */
public final class ImageList {
    private static final int PAGE = 1_000;

    private final AwsClients clients;
    private final String stack;

    /** Takes the clients, and the installation's name, whose tag marks what is its own. */
    public ImageList(AwsClients clients, String stack) {
        this.clients = requireNonNull(clients, "clients");
        this.stack = requireNonNull(stack, "stack");
    }

    /** Lists every family by its name, its own images before copies of other regions', the newest first. */
    public List<ListedImage> in(Region region) {
        List<ListedImage> images = Ec2Errors.DESCRIBE.guard(
                "DescribeImages", region, () -> clients.ec2(region).describeImagesPaginator(listing()).images().stream()
                        .filter(image -> image.state() != ImageState.DEREGISTERED) // these linger for a while
                        .filter(this::isOwn)
                        .map(image -> read(region, image))
                        .sorted(comparing(ListedImage::family)
                                .thenComparing(ListedImage::isCopy)
                                .thenComparing(image -> image.bakedIn().name())
                                .thenComparing(ListedImage::createdAt, Comparator.reverseOrder())
                                .thenComparing(image -> image.id().value(), Comparator.reverseOrder()))
                        .toList());
        Set<List<Object>> found = new HashSet<>();
        return images.stream()
                .map(image -> image.state() == State.GOOD && found.add(List.of(image.family(), image.bakedIn()))
                        ? image.asNewestGood()
                        : image)
                .toList();
    }

    private DescribeImagesRequest listing() {
        return DescribeImagesRequest.builder()
                .owners("self") // tags are invisible to other accounts, and theirs would not count
                .includeDeprecated(true)
                .includeDisabled(true)
                .filters(filter("tag:" + ReservedTags.STACK, stack), filter("tag-key", ReservedTags.RECIPE))
                .maxResults(PAGE)
                .build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    /** EC2 reads * and ? in filter values as wildcards, hence the second look. */
    private boolean isOwn(Image image) {
        return ReservedTags.value(image.tags(), ReservedTags.STACK)
                .filter(stack::equals)
                .isPresent();
    }

    private static ListedImage read(Region region, Image image) {
        Map<String, String> tags = new LinkedHashMap<>();
        image.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        String family = tags.getOrDefault(ReservedTags.RECIPE, "");
        String bake = tags.getOrDefault(ReservedTags.BAKE, "");
        String bakesOfFamily = BakeWorkflow.id(family, "");
        return new ListedImage(
                region,
                family,
                bake.startsWith(bakesOfFamily) ? new Region(bake.substring(bakesOfFamily.length())) : region,
                new ImageId(image.imageId()),
                String.valueOf(image.name()),
                Instant.parse(image.creationDate()),
                Optional.ofNullable(tags.get(OriginTags.FOUNDATION)).map(ImageId::new),
                state(image, tags.getOrDefault(ReservedTags.STATE, "")),
                instant(image.deprecationTime()),
                image.state() == ImageState.DISABLED ? instant(tags.get(ReservedTags.DISABLED_AT)) : Optional.empty(),
                false);
    }

    private static State state(Image image, String tag) {
        return switch (image.state()) {
            case DISABLED -> State.DISABLED;
            case FAILED, ERROR, INVALID -> State.BROKEN;
            case AVAILABLE, PENDING, TRANSIENT, DEREGISTERED, UNKNOWN_TO_SDK_VERSION ->
                switch (tag) {
                    case "good" -> image.state() == ImageState.AVAILABLE ? State.GOOD : State.UNKNOWN;
                    case "failed" -> State.FAILED;
                    case "baking" -> State.BAKING;
                    default -> State.UNKNOWN;
                };
        };
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
