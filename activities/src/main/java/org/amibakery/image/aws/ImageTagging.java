package org.amibakery.image.aws;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.amibakery.aws.Attempt;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.TagImage;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Crowd;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Tags an image and its snapshots, and believes it only once every tag was read back. What makes it count, the state, is
 * written last: whatever fails before leaves an image that is not good.
 */
final class ImageTagging {
    /** The failure type of tags that were written and cannot be read yet. */
    static final String NOT_READ_BACK = "TagsNotReadBack";

    /** Tags show up within a second or so (cluster-api-provider-aws#6131 saw longer): half a second, then twice as long each. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(500);

    private static final int DOUBLINGS = 4;

    private final AwsClients clients;
    private final ShownTags shown;

    /** @param crowd with whom tags are read back together */
    ImageTagging(AwsClients clients, Crowd crowd) {
        this.clients = clients;
        this.shown = new ShownTags(clients, crowd);
    }

    void tag(TagImage request) {
        Map<String, String> first = new LinkedHashMap<>(request.tags());
        String state = first.remove(Ec2Filters.STATE_TAG);
        makeSo(new TagImage(request.region(), request.image(), first, request.remove()));
        if (state != null) {
            makeSo(new TagImage(request.region(), request.image(), Map.of(Ec2Filters.STATE_TAG, state), List.of()));
        }
    }

    /** An earlier attempt may have written what only was not visible then, so a later one looks first. */
    private void makeSo(TagImage request) {
        if (Attempt.current().number() > 1 && unread(request).isEmpty()) {
            return;
        }
        write(request);
        List<String> unread = unread(request);
        if (!unread.isEmpty()) {
            throw notReadBack(unread);
        }
    }

    private void write(TagImage request) {
        Ec2Client ec2 = clients.ec2(request.region());
        Region region = request.region();
        if (!request.remove().isEmpty()) {
            Ec2Errors.TAG.guard("DeleteTags", region, () -> ec2.deleteTags(removal(request)));
        }
        if (!request.tags().isEmpty()) {
            Ec2Errors.TAG.guard("CreateTags", region, () -> ec2.createTags(creation(request)));
        }
    }

    /** Those that do not show yet what was asked for. */
    private List<String> unread(TagImage request) {
        List<String> unread = new ArrayList<>(resources(request));
        Map<String, List<Tag>> seen = shown.of(request.region(), Set.copyOf(unread));
        unread.removeIf(resource -> isTagged(request, seen.getOrDefault(resource, List.of())));
        return unread;
    }

    private static CreateTagsRequest creation(TagImage request) {
        return CreateTagsRequest.builder()
                .resources(resources(request))
                .tags(Ec2Filters.tags(request.tags()))
                .build();
    }

    /** Names keys without values, which removes them whatever their value (DeleteTags, Tag). */
    private static DeleteTagsRequest removal(TagImage request) {
        return DeleteTagsRequest.builder()
                .resources(resources(request))
                .tags(request.remove().stream()
                        .map(key -> Tag.builder().key(key).build())
                        .toList())
                .build();
    }

    private static List<String> resources(TagImage request) {
        return Stream.concat(Stream.of(request.image().id().value()), request.image().snapshots().stream())
                .toList();
    }

    private static boolean isTagged(TagImage request, List<Tag> found) {
        Map<String, String> tags = Ec2Filters.tagsOf(found);
        return tags.entrySet().containsAll(request.tags().entrySet())
                && request.remove().stream().noneMatch(tags::containsKey);
    }

    private static ApplicationFailure notReadBack(List<String> unread) {
        return ApplicationFailure.newBuilder()
                .setType(NOT_READ_BACK)
                .setMessage("The tags of %s were written, but EC2 does not show them yet; they are read again."
                        .formatted(String.join(", ", unread)))
                .setDetails(new Refusal("CreateTags", NOT_READ_BACK, Reaction.NOT_VISIBLE_YET, Blame.AWS))
                .setNextRetryDelay(LOOK_AGAIN_AFTER.multipliedBy(
                        1L << Math.min(Attempt.current().number() - 1, DOUBLINGS)))
                .build();
    }
}
