package org.amibakery.simulator.ssm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Keeps the tags of parameters and documents; at most 50 each. */
final class ResourceTags {
    private static final int MOST_TAGS = 50;

    private final Documents documents;
    private final Parameters parameters;
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();

    ResourceTags(Documents documents, Parameters parameters) {
        this.documents = documents;
        this.parameters = parameters;
    }

    AddTagsToResourceResponse add(AddTagsToResourceRequest request) {
        checkExists(request.resourceType(), request.resourceId());
        tags.compute(key(request.resourceType(), request.resourceId()), (unused, before) -> {
            Map<String, String> after = new LinkedHashMap<>(before == null ? Map.of() : before);
            request.tags().forEach(tag -> after.put(tag.key(), tag.value()));
            if (after.size() > MOST_TAGS) {
                throw SimulatorError.refused("TooManyTagsError", "");
            }
            return after;
        });
        return AddTagsToResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        checkExists(request.resourceType(), request.resourceId());
        List<Tag> shown =
                tags.getOrDefault(key(request.resourceType(), request.resourceId()), Map.of()).entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
        return ListTagsForResourceResponse.builder().tagList(shown).build();
    }

    private void checkExists(ResourceTypeForTagging type, String id) {
        boolean exists = (type == ResourceTypeForTagging.PARAMETER
                        && parameters.latest(id).isPresent())
                || (type == ResourceTypeForTagging.DOCUMENT && documents.exists(id));
        if (!exists) {
            throw SimulatorError.refused("InvalidResourceId", "");
        }
    }

    private static String key(ResourceTypeForTagging type, String id) {
        return type + " " + id;
    }
}
