package org.amibakery.lambdas;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.ImageReference;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceTypeRequest;

/** What uses images in the fake fleet: instances, launch templates by version, SSM parameters, Image Builder recipes. */
public final class ImageUsers {
    private final List<Instance> instances = new ArrayList<>();
    private final List<Template> templates = new ArrayList<>();
    private final List<ImageReference> others = new ArrayList<>();
    private boolean referencesOverlookInstances;

    private record Template(String id, int defaultVersion, List<String> imageByVersion) {
        LaunchTemplateVersion version(int number) {
            return LaunchTemplateVersion.builder()
                    .launchTemplateId(id)
                    .versionNumber((long) number)
                    .launchTemplateData(data -> data.imageId(imageByVersion.get(number - 1)))
                    .build();
        }

        int latest() {
            return imageByVersion.size();
        }
    }

    public void instance(String imageId, String state) {
        instances.add(Instance.builder()
                .instanceId("i-" + instances.size())
                .imageId(imageId)
                .state(current -> current.name(state))
                .build());
    }

    public void has(Instance instance) {
        instances.add(instance);
    }

    /** Returns the ids of the instances that are neither terminated nor about to be. */
    public List<String> alive() {
        return instances.stream()
                .filter(instance -> !List.of("shutting-down", "terminated")
                        .contains(instance.state().nameAsString()))
                .map(Instance::instanceId)
                .toList();
    }

    /** Shuts an instance down, as TerminateInstances does; tells whether there is one. */
    boolean shutDown(String instanceId) {
        List<Instance> named = instances.stream()
                .filter(instance -> instance.instanceId().equals(instanceId))
                .toList();
        named.forEach(instance -> instances.set(
                instances.indexOf(instance),
                instance.toBuilder().state(state -> state.name("shutting-down")).build()));
        return !named.isEmpty();
    }

    /** Versions count from 1, the last given is $Latest. */
    public void launchTemplate(int defaultVersion, String... imageByVersion) {
        templates.add(new Template("lt-" + templates.size(), defaultVersion, List.of(imageByVersion)));
    }

    public void parameter(String imageId) {
        other(imageId, "ssm:Parameter", "arn:aws:ssm:eu-west-1:111111111111:parameter/images/web");
    }

    public void other(String imageId, String type, String arn) {
        others.add(ImageReference.builder()
                .imageId(imageId)
                .resourceType(type)
                .arn(arn)
                .build());
    }

    public void clear() {
        instances.clear();
        templates.clear();
        others.clear();
    }

    /** Leaves the look-up of instances as the only one that sees them. */
    public void referencesOverlookInstances() {
        referencesOverlookInstances = true;
    }

    List<ImageReference> references(DescribeImageReferencesRequest request) {
        return request.resourceTypes().stream()
                .flatMap(this::ofType)
                .filter(use -> request.imageIds().contains(use.imageId()))
                .toList();
    }

    private Stream<ImageReference> ofType(ResourceTypeRequest type) {
        return switch (type.resourceType()) {
            case EC2_INSTANCE ->
                instances.stream()
                        .filter(instance -> !referencesOverlookInstances)
                        .filter(instance ->
                                options(type).contains(instance.state().nameAsString()))
                        .map(instance -> reference(instance.imageId(), "instance/" + instance.instanceId()));
            case EC2_LAUNCH_TEMPLATE ->
                templates.stream().flatMap(template -> template.imageByVersion().stream()
                        .skip(Math.max(
                                0,
                                template.latest()
                                        - Integer.parseInt(options(type).get(0))))
                        .map(image -> reference(image, "launch-template/" + template.id())));
            case SSM_PARAMETER, IMAGEBUILDER_IMAGE_RECIPE, IMAGEBUILDER_CONTAINER_RECIPE, UNKNOWN_TO_SDK_VERSION ->
                others.stream().filter(use -> use.resourceType() == type.resourceType());
        };
    }

    private static List<String> options(ResourceTypeRequest type) {
        return type.resourceTypeOptions().stream()
                .flatMap(option -> option.optionValues().stream())
                .toList();
    }

    private static ImageReference reference(String imageId, String resource) {
        return ImageReference.builder()
                .imageId(imageId)
                .arn("arn:aws:ec2:eu-west-1:111111111111:" + resource)
                .build();
    }

    List<Reservation> reservations(DescribeInstancesRequest request) {
        return instances.stream()
                .filter(instance -> Filters.match(instance, request.filters(), ImageUsers::ofInstance))
                .map(instance -> Reservation.builder().instances(instance).build())
                .toList();
    }

    private static List<String> ofInstance(Instance instance, String filter) {
        return switch (filter) {
            case "image-id" -> List.of(instance.imageId());
            case "instance-id" -> List.of(instance.instanceId());
            case "instance-state-name" -> List.of(instance.state().nameAsString());
            default -> Filters.ofTags(instance.tags(), filter);
        };
    }

    List<LaunchTemplateVersion> templateVersions(DescribeLaunchTemplateVersionsRequest request) {
        return templates.stream()
                .flatMap(template ->
                        versions(template, request.versions()).distinct().mapToObj(template::version))
                .filter(version -> Filters.match(
                        version,
                        request.filters(),
                        (each, name) -> List.of(each.launchTemplateData().imageId())))
                .toList();
    }

    private static IntStream versions(Template template, List<String> names) {
        return names.stream().mapToInt(name -> switch (name) {
            case "$Latest" -> template.latest();
            case "$Default" -> template.defaultVersion();
            default -> throw Faults.error("InvalidLaunchTemplateVersion", name);
        });
    }
}
