package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Tags resources after the fact. */
final class TagCalls {
    private static final int MOST_RESOURCES = 1_000;

    private final Ec2Place here;

    TagCalls(Ec2Place here) {
        this.here = here;
    }

    CreateTagsResponse create(CreateTagsRequest request) {
        if (request.tags().isEmpty()) {
            throw refused("MissingParameter", "The request must contain the parameter Tag");
        }
        Map<String, String> tags = TagRules.check(request.tags());
        List<Ec2Resource> resources = visible(request.resources());
        for (Ec2Resource resource : resources) {
            Map<String, String> all = new LinkedHashMap<>(resource.tags().settled());
            all.putAll(tags);
            TagRules.checkCount(all);
        }
        resources.forEach(resource -> here.tag(resource, tags));
        return CreateTagsResponse.builder().build();
    }

    DeleteTagsResponse delete(DeleteTagsRequest request) {
        List<Ec2Resource> resources = visible(request.resources());
        for (Ec2Resource resource : resources) {
            if (request.tags().isEmpty()) {
                resource.tags().clear();
            }
            request.tags().forEach(tag -> delete(resource, tag));
        }
        return DeleteTagsResponse.builder().build();
    }

    DescribeTagsResponse describe(DescribeTagsRequest request) {
        Filters<TagDescription> filters = new Filters<TagDescription>()
                .on("key", TagDescription::key)
                .on("value", TagDescription::value)
                .on("resource-id", TagDescription::resourceId)
                .on("resource-type", TagDescription::resourceTypeAsString);
        List<TagDescription> found = here.resources()
                .filter(resource -> resource.isVisibleAt(here.now()))
                .flatMap(
                        resource -> resource.tags().modelAt(here.now()).stream().map(tag -> describe(resource, tag)))
                .filter(filters.parse(request.filters()))
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(5, 1_000);
        Pages.Page<TagDescription> page = here.pages().page(found, tag -> tag.resourceId() + "/" + tag.key(), asked);
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static void delete(Ec2Resource resource, Tag tag) {
        String value = resource.tags().settled().get(tag.key());
        if (tag.value() == null || tag.value().isEmpty() || tag.value().equals(value)) {
            resource.tags().remove(tag.key());
        }
    }

    private static TagDescription describe(Ec2Resource resource, Tag tag) {
        return TagDescription.builder()
                .resourceId(resource.id())
                .resourceType(resource.type())
                .key(tag.key())
                .value(tag.value())
                .build();
    }

    /** Finds all resources before anything is changed: one that is unknown spoils the call. */
    private List<Ec2Resource> visible(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MOST_RESOURCES) {
            throw refused("MissingParameter", "The request must name 1 to " + MOST_RESOURCES + " resources");
        }
        return ids.stream().map(this::visible).toList();
    }

    private Ec2Resource visible(String id) {
        return here.resource(id)
                .filter(resource -> resource.isVisibleAt(here.now()))
                .orElseThrow(() -> notFound(id));
    }

    private static SimulatorError notFound(String id) {
        int dash = id.indexOf('-');
        String prefix = dash < 0 ? id : id.substring(0, dash);
        return switch (prefix) {
            case "ami" -> ImageAccess.notFound(id);
            case "snap" -> SnapshotAccess.notFound(id);
            case "i" -> refused("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
            case "vol" -> refused("InvalidVolume.NotFound", "The volume '" + id + "' does not exist.");
            case "sg" -> refused("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
            case "eni" ->
                refused("InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '" + id + "' does not exist");
            case "lt" ->
                refused(
                        "InvalidLaunchTemplateId.NotFound",
                        "The specified launch template, with template ID " + id + ", does not exist.");
            default -> refused("InvalidID", "The ID '" + id + "' is not valid");
        };
    }
}
