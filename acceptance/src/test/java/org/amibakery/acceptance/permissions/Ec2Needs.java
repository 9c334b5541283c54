package org.amibakery.acceptance.permissions;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.simulator.wire.Call;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** What IAM is asked for a call of EC2 (Service Authorization Reference, Amazon EC2). */
final class Ec2Needs {
    /** DescribeImageReferences looks in the caller's name (EC2 User Guide, "Identify your resources referencing specified AMIs"). */
    private static final List<String> LOOKED_AT_FOR_REFERENCES = List.of(
            "ec2:DescribeInstances",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribeLaunchTemplateVersions",
            "ssm:DescribeParameters",
            "ssm:GetParameters",
            "imagebuilder:ListImageRecipes",
            "imagebuilder:ListContainerRecipes",
            "imagebuilder:GetContainerRecipe");

    private final World world;

    Ec2Needs(World world) {
        this.world = world;
    }

    List<Need> of(Call call) {
        String region = call.scope().region();
        String action = "ec2:" + call.operation();
        SdkPojo request = call.request().orElseThrow();
        return switch (call.operation()) {
            case "RunInstances" -> new LaunchNeeds(world, region).of((RunInstancesRequest) request);
            case "CreateImage" -> createImage((CreateImageRequest) request, region);
            case "CopyImage" -> copyImage((CopyImageRequest) request, region);
            case "CreateTags" -> {
                CreateTagsRequest tagging = (CreateTagsRequest) request;
                yield own(action, region, tagging.resources()).stream()
                        .map(need -> need.requestingTags(tags(tagging.tags())))
                        .toList();
            }
            case "DeleteTags" -> {
                DeleteTagsRequest untagging = (DeleteTagsRequest) request;
                List<String> keys = untagging.tags().stream().map(Tag::key).toList();
                yield own(action, region, untagging.resources()).stream()
                        .map(need -> keys.isEmpty() ? need : need.with("aws:TagKeys", keys))
                        .toList();
            }
            case "DeregisterImage" -> deregister((DeregisterImageRequest) request, region);
            case "DescribeImageReferences" ->
                Stream.concat(
                                Stream.of(Need.of(action, "*")),
                                LOOKED_AT_FOR_REFERENCES.stream().map(looked -> Need.of(looked, "*")
                                        .with("aws:CalledVia", "ec2-images.amazonaws.com")))
                        .toList();
            default -> lookOrChange(action, region, request);
        };
    }

    private List<Need> lookOrChange(String action, String region, SdkPojo request) {
        Optional<List<String>> changed = changed(request);
        if (changed.isPresent()) {
            return own(action, region, changed.get());
        }
        if (action.startsWith("ec2:Describe")) {
            return List.of(Need.of(action, "*").with("ec2:Region", region));
        }
        throw new AssertionError("It is not known what IAM asks for " + action + ": write it here, after the Service"
                + " Authorization Reference, and allow it in the template.");
    }

    /** The resources of calls that involve nothing but what they name. */
    private static Optional<List<String>> changed(SdkPojo request) {
        if (request instanceof TerminateInstancesRequest terminate) {
            return Optional.of(terminate.instanceIds());
        }
        if (request instanceof StopInstancesRequest stop) {
            return Optional.of(stop.instanceIds());
        }
        return one(request).map(List::of);
    }

    private static Optional<String> one(SdkPojo request) {
        if (request instanceof DeleteVolumeRequest volume) {
            return Optional.of(volume.volumeId());
        }
        if (request instanceof DeleteNetworkInterfaceRequest card) {
            return Optional.of(card.networkInterfaceId());
        }
        if (request instanceof DeleteSnapshotRequest snapshot) {
            return Optional.of(snapshot.snapshotId());
        }
        if (request instanceof ModifySnapshotAttributeRequest snapshot) {
            return Optional.of(snapshot.snapshotId());
        }
        return image(request);
    }

    private static Optional<String> image(SdkPojo request) {
        if (request instanceof ModifyImageAttributeRequest image) {
            return Optional.of(image.imageId());
        }
        if (request instanceof DescribeImageAttributeRequest image) {
            return Optional.of(image.imageId());
        }
        if (request instanceof EnableImageDeprecationRequest image) {
            return Optional.of(image.imageId());
        }
        if (request instanceof DisableImageRequest image) {
            return Optional.of(image.imageId());
        }
        return request instanceof EnableImageRequest image ? Optional.of(image.imageId()) : Optional.empty();
    }

    private List<Need> own(String action, String region, List<String> ids) {
        return ids.stream()
                .map(id -> Need.of(action, World.arn(region, id))
                        .onResourceTagged(world.tags(id))
                        .with("ec2:Region", region))
                .toList();
    }

    private List<Need> createImage(CreateImageRequest request, String region) {
        List<Need> needs = new ArrayList<>(own("ec2:CreateImage", region, List.of(request.instanceId())));
        needs.addAll(births("ec2:CreateImage", region, request.tagSpecifications()));
        return needs;
    }

    /** Since October 2024 the source is asked for as well; what is known of it is its owner. */
    private List<Need> copyImage(CopyImageRequest request, String region) {
        List<Need> needs = new ArrayList<>(births("ec2:CopyImage", region, request.tagSpecifications()));
        needs.add(Need.of("ec2:CopyImage", World.arn(request.sourceRegion(), request.sourceImageId()))
                .with("ec2:Owner", world.owner(request.sourceImageId())));
        return needs;
    }

    /** An image with a snapshot, each with its tags, which are a need of their own. */
    private static List<Need> births(String action, String region, List<TagSpecification> specifications) {
        List<Need> needs = new ArrayList<>();
        Map.of(ResourceType.IMAGE, "ami-new", ResourceType.SNAPSHOT, "snap-new").forEach((type, id) -> {
            Need birth = Need.of(action, World.arn(region, id)).requestingTags(tags(specifications, type));
            needs.add(birth);
            needs.add(birth.of("ec2:CreateTags").with("ec2:CreateAction", action.substring("ec2:".length())));
        });
        return needs;
    }

    private List<Need> deregister(DeregisterImageRequest request, String region) {
        List<Need> needs = new ArrayList<>(own("ec2:DeregisterImage", region, List.of(request.imageId())));
        if (Boolean.TRUE.equals(request.deleteAssociatedSnapshots())) {
            needs.addAll(own("ec2:DeleteSnapshot", region, world.snapshotsOf(request.imageId())));
        }
        return needs;
    }

    static Map<String, String> tags(List<TagSpecification> specifications, ResourceType type) {
        return specifications.stream()
                .filter(specification -> specification.resourceType() == type)
                .findFirst()
                .map(specification -> tags(specification.tags()))
                .orElse(Map.of());
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(toMap(Tag::key, Tag::value, (one, other) -> other, LinkedHashMap::new));
    }
}
