package org.amibakery.lambdas.cleanup;

import java.util.List;
import java.util.Map;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.Refusal;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ImageReferenceOptionName;
import software.amazon.awssdk.services.ec2.model.ImageReferenceResourceType;
import software.amazon.awssdk.services.ec2.model.ResourceTypeOption;
import software.amazon.awssdk.services.ec2.model.ResourceTypeRequest;

/**
 * Looks for what uses an image in this account and region. Read-only; whatever cannot be checked counts as use.
 *
 * <p>Checked: instances in any state but terminated, by references and by a look-up of their own; launch templates by
 * their $Latest and $Default versions; SSM parameters of type {@code aws:ec2:image}, and with them launch templates and
 * groups that say {@code resolve:ssm:}; recipes of Image Builder (DescribeImageReferences).
 *
 * <p>Old launch template versions do not pin an image, or it could never go (amazon-ami-management#266). One that an Auto
 * Scaling group is fixed to counts through the group's instances; a group at zero instances fixed to an old version by
 * its number is not seen, nor are launch configurations: EC2's API knows neither.
 */
public final class ImageUse {
    /** DescribeImageReferences takes at most 10 ids a call. */
    public static final int IDS_PER_LOOK = 10;

    private static final List<String> ALIVE = List.of("pending", "running", "shutting-down", "stopping", "stopped");
    private static final List<ResourceTypeRequest> USERS = List.of(
            userType(ImageReferenceResourceType.EC2_INSTANCE)
                    .resourceTypeOptions(option(ImageReferenceOptionName.STATE_NAME, ALIVE))
                    .build(),
            userType(ImageReferenceResourceType.EC2_LAUNCH_TEMPLATE)
                    .resourceTypeOptions(option(ImageReferenceOptionName.VERSION_DEPTH, List.of("1")))
                    .build(),
            userType(ImageReferenceResourceType.SSM_PARAMETER).build(),
            userType(ImageReferenceResourceType.IMAGEBUILDER_IMAGE_RECIPE).build(),
            userType(ImageReferenceResourceType.IMAGEBUILDER_CONTAINER_RECIPE).build());

    private final Ec2Client ec2;

    /** Takes the client of the region of the images. */
    public ImageUse(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** Tells for each of at most {@value #IDS_PER_LOOK} images what uses it, and whether that is all. */
    public Map<String, Uses> of(List<String> imageIds) {
        UsesFound found = new UsesFound(imageIds);
        look("DescribeImageReferences", this::references, imageIds, found);
        look("DescribeInstances", this::instances, imageIds, found);
        look("DescribeLaunchTemplateVersions", this::launchTemplates, imageIds, found);
        return found.all();
    }

    /** Says that a check could not be made, which keeps an image. */
    static String unchecked(String operation, SdkException error) {
        return unchecked(answer(operation, error));
    }

    static String unchecked(String answer) {
        return "could not be checked for use: " + answer;
    }

    private static String answer(String operation, SdkException error) {
        return String.format("EC2 answered %s to %s", AwsCalls.codeOf(error), operation);
    }

    @FunctionalInterface
    private interface Look {
        void at(List<String> imageIds, UsesFound found);
    }

    private static void look(String operation, Look look, List<String> imageIds, UsesFound found) {
        if (imageIds.isEmpty()) {
            return;
        }
        try {
            look.at(imageIds, found);
        } catch (SdkException error) {
            if (imageIds.size() == 1 || isForAll(error)) {
                imageIds.forEach(id -> found.unchecked(id, answer(operation, error)));
            } else { // one id that EC2 does not like fails the whole call
                imageIds.forEach(id -> look(operation, look, List.of(id), found));
            }
        }
    }

    /** Says that no single id is to blame for the answer, and that asking about each alone would bring as many of it. */
    private static boolean isForAll(SdkException error) {
        return Refusal.of(error) == Refusal.FORBIDDEN || AwsCalls.codeOf(error).equals(AwsCalls.NO_ANSWER);
    }

    private void references(List<String> imageIds, UsesFound found) {
        DescribeImageReferencesRequest request = DescribeImageReferencesRequest.builder()
                .imageIds(imageIds)
                .resourceTypes(USERS)
                .build();
        ec2.describeImageReferencesPaginator(request)
                .imageReferences()
                .forEach(use -> found.used(use.imageId(), use.arn()));
    }

    private void instances(List<String> imageIds, UsesFound found) {
        DescribeInstancesRequest request = DescribeInstancesRequest.builder()
                .filters(filter("image-id", imageIds), filter("instance-state-name", ALIVE))
                .build();
        ec2.describeInstancesPaginator(request).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .forEach(instance -> found.used(instance.imageId(), instance.instanceId(), instance.instanceId()));
    }

    private void launchTemplates(List<String> imageIds, UsesFound found) {
        DescribeLaunchTemplateVersionsRequest request = DescribeLaunchTemplateVersionsRequest.builder()
                .versions("$Latest", "$Default")
                .filters(filter("image-id", imageIds))
                .build();
        ec2.describeLaunchTemplateVersionsPaginator(request)
                .launchTemplateVersions()
                .forEach(version -> found.used(
                        version.launchTemplateData().imageId(),
                        version.launchTemplateId(),
                        String.format("version %d of %s", version.versionNumber(), version.launchTemplateId())));
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static ResourceTypeRequest.Builder userType(ImageReferenceResourceType type) {
        return ResourceTypeRequest.builder().resourceType(type);
    }

    private static ResourceTypeOption option(ImageReferenceOptionName name, List<String> values) {
        return ResourceTypeOption.builder()
                .optionName(name)
                .optionValues(values)
                .build();
    }
}
