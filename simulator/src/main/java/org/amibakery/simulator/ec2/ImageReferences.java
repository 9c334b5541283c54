package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesResponse;
import software.amazon.awssdk.services.ec2.model.ImageReference;
import software.amazon.awssdk.services.ec2.model.ResourceTypeOption;
import software.amazon.awssdk.services.ec2.model.ResourceTypeRequest;

/** Finds what refers to an image: instances, launch templates, SSM parameters, Image Builder recipes. */
final class ImageReferences {
    private static final int MOST_IMAGES = 10;
    private static final long DEFAULT_VERSION_DEPTH = 10;
    private static final String INSTANCE = "ec2:Instance";
    private static final String TEMPLATE = "ec2:LaunchTemplate";
    private static final String PARAMETER = "ssm:Parameter";
    private static final String IMAGE_RECIPE = "imagebuilder:ImageRecipe";
    private static final List<String> TYPES =
            List.of(INSTANCE, TEMPLATE, PARAMETER, IMAGE_RECIPE, "imagebuilder:ContainerRecipe");

    private final Ec2Place here;

    ImageReferences(Ec2Place here) {
        this.here = here;
    }

    DescribeImageReferencesResponse describe(DescribeImageReferencesRequest request) {
        check(request);
        List<ImageReference> references = new ArrayList<>();
        for (String imageId : request.imageIds()) {
            TYPES.stream()
                    .filter(type -> includes(request, type))
                    .flatMap(type -> arns(request, type, imageId).map(arn -> reference(imageId, type, arn)))
                    .forEach(references::add);
        }
        Pages.Request page = new Pages.Request(request.maxResults(), request.nextToken()).within(1, 1_000);
        Pages.Page<ImageReference> found =
                here.pages().page(references, reference -> reference.imageId() + reference.arn(), page);
        return DescribeImageReferencesResponse.builder()
                .imageReferences(found.items())
                .nextToken(found.nextToken())
                .build();
    }

    private static void check(DescribeImageReferencesRequest request) {
        if (request.imageIds().isEmpty()) {
            throw refused("MissingParameter", "The request must contain the parameter ImageId");
        }
        if (request.imageIds().size() > MOST_IMAGES) {
            throw refused("InvalidParameterValue", "At most " + MOST_IMAGES + " image IDs can be checked in one call");
        }
        if (!Boolean.TRUE.equals(request.includeAllResourceTypes())
                && request.resourceTypes().isEmpty()) {
            throw refused(
                    "InvalidParameterCombination", "Either IncludeAllResourceTypes or ResourceTypes must be specified");
        }
        request.resourceTypes()
                .forEach(type -> LaunchChecks.oneOf(type.resourceTypeAsString(), Set.copyOf(TYPES), "resourceType"));
    }

    private static boolean includes(DescribeImageReferencesRequest request, String type) {
        return Boolean.TRUE.equals(request.includeAllResourceTypes())
                || request.resourceTypes().stream()
                        .anyMatch(asked -> asked.resourceTypeAsString().equals(type));
    }

    private Stream<String> arns(DescribeImageReferencesRequest request, String type, String imageId) {
        return switch (type) {
            case INSTANCE -> instances(imageId, option(request, type, "state-name"));
            case TEMPLATE -> templates(imageId, depth(request));
            case PARAMETER -> here.parameters().arnsOf(imageId).stream();
            case IMAGE_RECIPE -> here.behaviour().recipesUsing(imageId).stream();
            default -> Stream.of();
        };
    }

    private Stream<String> instances(String imageId, List<String> states) {
        return here.instances().values().stream()
                .filter(instance -> instance.existsAt(here.now()))
                .filter(instance -> instance.launch().image().id().equals(imageId))
                .filter(instance -> states.isEmpty() || states.contains(instance.stateAt(here.now())))
                .map(instance -> arn("instance/" + instance.id()));
    }

    private Stream<String> templates(String imageId, long depth) {
        return here.templates().values().stream()
                .filter(template -> template.existsAt(here.now()))
                .filter(template -> template.usesImage(imageId, depth))
                .map(template -> arn("launch-template/" + template.id()));
    }

    private String arn(String resource) {
        return "arn:aws:ec2:" + here.region() + ":" + here.account() + ":" + resource;
    }

    private static long depth(DescribeImageReferencesRequest request) {
        return option(request, TEMPLATE, "version-depth").stream()
                .map(Long::parseLong)
                .findFirst()
                .orElse(DEFAULT_VERSION_DEPTH);
    }

    private static List<String> option(DescribeImageReferencesRequest request, String type, String name) {
        Optional<ResourceTypeRequest> asked = request.resourceTypes().stream()
                .filter(candidate -> candidate.resourceTypeAsString().equals(type))
                .findFirst();
        return asked.stream()
                .flatMap(found -> found.resourceTypeOptions().stream())
                .filter(option -> name.equals(option.optionNameAsString()))
                .map(ResourceTypeOption::optionValues)
                .findFirst()
                .orElse(List.of());
    }

    private static ImageReference reference(String imageId, String type, String arn) {
        return ImageReference.builder()
                .imageId(imageId)
                .resourceType(type)
                .arn(arn)
                .build();
    }
}
