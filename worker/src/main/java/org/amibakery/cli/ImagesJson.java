package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.inventory.ListedImage;
import org.amibakery.lambdas.cleanup.Uses;
import org.amibakery.recipe.ImageId;

/** Writes images in the JSON that scripts rely on: components are added, never renamed or removed. */
final class ImagesJson {
    private ImagesJson() {}

    static ObjectNode of(ImagesSeen seen) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode regions = json.putArray("regions");
        seen.regions().forEach(region -> regions.add(region.name()));
        ArrayNode images = json.putArray("images");
        seen.images().forEach(row -> images.add(of(row)));
        ArrayNode outOfReach = json.putArray("outOfReach");
        seen.outOfReach()
                .forEach((region, reason) ->
                        outOfReach.addObject().put("region", region.name()).put("reason", reason));
        return json;
    }

    static ObjectNode of(ImageRow row) {
        ListedImage image = row.image();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("family", image.family())
                .put("region", image.region().name())
                .put("id", image.id().value())
                .put("name", image.name())
                .put("createdAt", image.createdAt().toString())
                .put("foundationImageId", image.foundation().map(ImageId::value).orElse(null))
                .put("state", image.state().name().toLowerCase(Locale.ROOT))
                .put("newestGood", image.newestGood())
                .put("deprecatedAt", text(image.deprecatedAt()))
                .put("disabledAt", text(image.disabledAt()))
                .put("copyFrom", image.isCopy() ? image.bakedIn().name() : null);
        row.uses().ifPresentOrElse(uses -> uses(json, uses), () -> json.putNull("usedBy"));
        return json;
    }

    private static void uses(ObjectNode json, Uses uses) {
        ArrayNode users = json.putArray("usedBy");
        uses.users().forEach(users::add);
        json.put("useUnknown", uses.unchecked().orElse(null));
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null); // JSON's null, as in every other document of ours
    }
}
