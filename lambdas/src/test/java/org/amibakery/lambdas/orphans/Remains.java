package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.AnImage.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.lambdas.AnImage;
import org.amibakery.lambdas.FakeFleet;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Makes what bakes leave behind: of stack "bakery" and bake "bake/web/eu-west-1", expired; a test says what differs. */
final class Remains {
    static final String BAKE = "bake/web/eu-west-1";
    static final Instant EXPIRED = NOW.minus(Duration.ofHours(1));

    private Remains() {}

    /** Tags by their keys without prefix; an empty value leaves a tag out. */
    static List<Tag> tagged(String... keysAndValues) {
        Map<String, String> tags = new LinkedHashMap<>(Map.of(
                "stack", "bakery", "recipe", "web", "bake", BAKE, "run", "run-1", "expires", EXPIRED.toString()));
        for (int at = 0; at < keysAndValues.length; at += 2) {
            tags.put(keysAndValues[at], keysAndValues[at + 1]);
        }
        return tags.entrySet().stream()
                .filter(tag -> !tag.getValue().isEmpty())
                .map(tag -> Tag.builder()
                        .key("ami-bakery:" + tag.getKey())
                        .value(tag.getValue())
                        .build())
                .toList();
    }

    static Instance instance(String id, String... tags) {
        return instanceOf("ami-foundation", id, tags);
    }

    static Instance instanceOf(String imageId, String id, String... tags) {
        return Instance.builder()
                .instanceId(id)
                .imageId(imageId)
                .state(state -> state.name("running"))
                .launchTime(NOW.minus(Duration.ofHours(5)))
                .tags(tagged(tags))
                .build();
    }

    static Volume volume(String id, String... tags) {
        return Volume.builder()
                .volumeId(id)
                .state("available")
                .createTime(NOW.minus(Duration.ofHours(5)))
                .tags(tagged(tags))
                .build();
    }

    static NetworkInterface card(String id, String... tags) {
        return NetworkInterface.builder()
                .networkInterfaceId(id)
                .status("available")
                .tagSet(tagged(tags))
                .build();
    }

    /** Its snapshot carries the image's tags, as CreateImage sets them. */
    static Image image(String id, String... tags) {
        return AnImage.ownImage(id, 0).tags(withState(tags)).build();
    }

    static Snapshot snapshot(String id, String... tags) {
        return Snapshot.builder()
                .snapshotId(id)
                .ownerId(FakeFleet.OURSELVES)
                .state("completed")
                .startTime(NOW.minus(Duration.ofHours(5)))
                .tags(withState(tags))
                .build();
    }

    private static List<Tag> withState(String... tags) {
        String[] all = new String[tags.length + 2];
        all[0] = "state";
        all[1] = "baking";
        System.arraycopy(tags, 0, all, 2, tags.length);
        return tagged(all);
    }
}
