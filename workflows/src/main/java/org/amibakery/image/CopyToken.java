package org.amibakery.image;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.amibakery.builder.BakeId;
import org.amibakery.recipe.Region;

/** Makes a copy repeatable: the same token never makes a second one in its region (CopyImage, ClientToken). */
public record CopyToken(@JsonValue String value) {
    @JsonCreator
    public CopyToken {
        requireNonNull(value, "value");
    }

    /** Derives the token of the one copy that a bake makes in a region. */
    public static CopyToken of(BakeId bake, Region region) {
        return new CopyToken(bake.tokenOf(List.of("copy", region.name())));
    }
}
