package org.amibakery.lambdas;

import static java.util.stream.Collectors.toCollection;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.amibakery.lambdas.Pages.Page;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DisableImageRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.Tag;

/** One region's images in memory with what EC2 lets be done with them, as strict as EC2 where the functions depend on it. */
abstract class FakeImages implements Ec2Client {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Map<String, Set<String>> imagesBySnapshot = new HashMap<>();
    private final Map<String, Instant> sharedAndLaunched = new HashMap<>();
    private final List<DescribeImagesRequest> imageLookUps = new ArrayList<>();
    private final Faults faults = new Faults();
    private final Pages pages;
    private final Listing<Image> listing = new Listing<>();
    private Instant now = AnImage.NOW;
    private boolean ignoresOwners;

    /** Shuffles its answers by the seed. */
    FakeImages(long seed) {
        this.pages = new Pages(seed);
    }

    final Pages pages() {
        return pages;
    }

    /** Answers in so many pages at most, besides the empty first one. */
    public final void answersInPages(int most) {
        pages.most(most);
    }

    public final Faults faults() {
        return faults;
    }

    public final void has(Image image) {
        listing.forget();
        images.put(image.imageId(), image);
        image.blockDeviceMappings().forEach(disk -> imagesBySnapshot
                .computeIfAbsent(disk.ebs().snapshotId(), any -> new LinkedHashSet<>())
                .add(image.imageId()));
    }

    public final void loses(String imageId) {
        listing.forget();
        images.remove(imageId);
    }

    public final void hasSharedAndLaunched(String imageId, Instant lastLaunched) {
        sharedAndLaunched.put(imageId, lastLaunched);
    }

    /** When the image was last launched by others; absent if it is not shared. */
    public final Optional<Instant> lastSharedLaunch(String imageId) {
        return Optional.ofNullable(sharedAndLaunched.get(imageId));
    }

    public final void ignoresOwners() {
        ignoresOwners = true;
        listing.forget();
    }

    /** Moves EC2's clock. */
    public final void isAt(Instant instant) {
        listing.forget();
        now = instant;
    }

    public final Set<String> imageIds() {
        return Set.copyOf(images.keySet());
    }

    /** The images as they are, in the order in which they were added. */
    public final List<Image> images() {
        return List.copyOf(images.values());
    }

    public final Image image(String imageId) {
        return images.get(imageId);
    }

    public final List<DescribeImagesRequest> imageLookUps() {
        return imageLookUps;
    }

    /** The images that exist and are made of the snapshot. */
    public final Stream<Image> usersOf(String snapshotId) {
        return imagesBySnapshot.getOrDefault(snapshotId, Set.of()).stream()
                .filter(images::containsKey)
                .map(images::get)
                .filter(image -> !image.stateAsString().equals("deregistered"))
                .filter(image -> image.blockDeviceMappings().stream()
                        .anyMatch(disk -> disk.ebs().snapshotId().equals(snapshotId)));
    }

    @Override
    public final DescribeImagesResponse describeImages(DescribeImagesRequest request) {
        faults.before("DescribeImages", List.of());
        imageLookUps.add(request);
        List<Image> found = listing.of(question(request), () -> found(request));
        Page<Image> page = pages.page(found, request.nextToken());
        return DescribeImagesResponse.builder()
                .images(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Object question(DescribeImagesRequest request) {
        return List.of(
                request.owners(),
                request.filters(),
                Boolean.TRUE.equals(request.includeDeprecated()),
                Boolean.TRUE.equals(request.includeDisabled()));
    }

    private List<Image> found(DescribeImagesRequest request) {
        return candidates(request.filters()).stream()
                .filter(image -> ignoresOwners || isOwned(image, request.owners()))
                .filter(image -> isListed(image, request))
                .filter(image -> Filters.match(image, request.filters(), Filters::ofImage))
                .toList();
    }

    private static boolean isOwned(Image image, List<String> owners) {
        return owners.isEmpty()
                || owners.contains(image.ownerId())
                || owners.contains(image.imageOwnerAlias())
                || (owners.contains("self") && image.ownerId().equals(FakeFleet.OURSELVES));
    }

    private boolean isListed(Image image, DescribeImagesRequest request) {
        boolean own = image.ownerId().equals(FakeFleet.OURSELVES);
        boolean disabled = image.stateAsString().equals("disabled");
        return (own || Boolean.TRUE.equals(request.includeDeprecated()) || !isDeprecated(image))
                && (!disabled || (own && Boolean.TRUE.equals(request.includeDisabled())));
    }

    private boolean isDeprecated(Image image) {
        return image.deprecationTime() != null
                && Instant.parse(image.deprecationTime()).isBefore(now);
    }

    /** Those that a filter names by their ids, or all: a fleet of 100,000 is not searched for each of them. */
    private Collection<Image> candidates(List<Filter> filters) {
        for (Filter filter : filters) {
            if (filter.name().equals("image-id")) {
                return named(filter.values());
            }
            if (filter.name().equals("block-device-mapping.snapshot-id")) {
                return named(filter.values().stream()
                        .flatMap(id -> imagesBySnapshot.getOrDefault(id, Set.of()).stream())
                        .collect(toCollection(LinkedHashSet::new)));
            }
        }
        return images.values();
    }

    private List<Image> named(Collection<String> imageIds) {
        return imageIds.stream().filter(images::containsKey).map(images::get).toList();
    }

    @Override
    public final DescribeImageAttributeResponse describeImageAttribute(DescribeImageAttributeRequest request) {
        faults.before("DescribeImageAttribute", List.of(request.imageId()));
        Optional<Instant> launched = Optional.ofNullable(sharedAndLaunched.get(request.imageId()));
        DescribeImageAttributeResponse.Builder answer =
                DescribeImageAttributeResponse.builder().imageId(request.imageId());
        return switch (request.attribute()) {
            case LAUNCH_PERMISSION ->
                answer.launchPermissions(launched.stream()
                                .map(any -> LaunchPermission.builder()
                                        .userId("222222222222")
                                        .build())
                                .toList())
                        .build();
            case LAST_LAUNCHED_TIME ->
                answer.lastLaunchedTime(AttributeValue.builder()
                                .value(launched.map(Instant::toString).orElse(null))
                                .build())
                        .build();
            default -> throw Faults.error("InvalidParameterValue", request.attributeAsString());
        };
    }

    @Override
    public final EnableImageDeprecationResponse enableImageDeprecation(EnableImageDeprecationRequest request) {
        faults.before("EnableImageDeprecation", List.of(request.imageId()));
        Image image = own(request.imageId());
        if (request.deprecateAt().isBefore(now)) {
            throw Faults.error("InvalidParameterValue", "DeprecateAt " + request.deprecateAt() + " is past");
        }
        Instant minute = request.deprecateAt().plus(HALF_A_MINUTE).truncatedTo(ChronoUnit.MINUTES);
        has(image.toBuilder().deprecationTime(minute.toString()).build());
        faults.afterCommit("EnableImageDeprecation");
        return EnableImageDeprecationResponse.builder().returnValue(true).build();
    }

    @Override
    public final DisableImageResponse disableImage(DisableImageRequest request) {
        faults.before("DisableImage", List.of(request.imageId()));
        Image image = own(request.imageId());
        if (!image.stateAsString().equals("available")) {
            throw Faults.error("InvalidAMIID.Unavailable", image.imageId() + " is " + image.stateAsString());
        }
        has(image.toBuilder().state("disabled").build());
        sharedAndLaunched.remove(image.imageId());
        faults.afterCommit("DisableImage");
        return DisableImageResponse.builder().returnValue(true).build();
    }

    @Override
    public final CreateTagsResponse createTags(CreateTagsRequest request) {
        faults.before("CreateTags", request.resources());
        request.resources().forEach(id -> tag(own(id), request.tags()));
        faults.afterCommit("CreateTags");
        return CreateTagsResponse.builder().build();
    }

    private void tag(Image image, List<Tag> added) {
        Map<String, Tag> tags = new LinkedHashMap<>();
        Stream.concat(image.tags().stream(), added.stream()).forEach(tag -> tags.put(tag.key(), tag));
        has(image.toBuilder().tags(tags.values()).build());
    }

    /** Finds an image of our account, or answers as EC2 does where there is none. */
    final Image own(String imageId) {
        Image image = images.get(imageId);
        if (image == null || !image.ownerId().equals(FakeFleet.OURSELVES)) {
            throw Faults.error("InvalidAMIID.NotFound", "The image id '[" + imageId + "]' does not exist");
        }
        return image;
    }
}
