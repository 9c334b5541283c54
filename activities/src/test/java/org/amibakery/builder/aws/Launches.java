package org.amibakery.builder.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.BuilderSettings;
import org.amibakery.builder.LaunchBuilder;
import org.amibakery.builder.LaunchCandidate;
import org.amibakery.builder.LaunchToken;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.recipe.Architecture;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RootVolume;
import org.amibakery.recipe.SystemFamily;
import org.amibakery.recipe.VolumeSize;

/** Launches as a bake of the recipe {@code web} asks for them. */
public final class Launches {
    public static final Region REGION = new Region("us-east-1");
    public static final BakeId BAKE = new BakeId("default", "bake/web/us-east-1", "run-1");

    private Launches() {}

    /** The bake's first launch. */
    public static LaunchBuilder first(String imageId, String subnetId) {
        LaunchCandidate candidate = new LaunchCandidate("t3.small", Optional.of(subnetId));
        return new LaunchBuilder(
                REGION, LaunchToken.of(BAKE, 0, candidate), candidate, foundation(imageId), settings());
    }

    /** The first launch, from an image that was made at this instant. */
    public static LaunchBuilder firstOfImageMadeAt(Instant made, LaunchBuilder first) {
        FoundationImage image = first.foundation();
        FoundationImage remade = new FoundationImage(
                image.id(),
                image.name(),
                image.ownerId(),
                image.architecture(),
                made,
                image.rootDeviceName(),
                image.rootVolumeGibibytes());
        return new LaunchBuilder(first.region(), first.token(), first.candidate(), remade, first.settings());
    }

    private static FoundationImage foundation(String imageId) {
        return new FoundationImage(
                new ImageId(imageId),
                "al2023",
                "137112412989",
                Architecture.X86_64,
                Instant.parse("2026-11-01T00:00:00Z"),
                "/dev/xvda",
                8);
    }

    private static BuilderSettings settings() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("ami-bakery:stack", "test");
        tags.put("ami-bakery:recipe", "web");
        tags.put("ami-bakery:bake", BAKE.workflowId());
        return new BuilderSettings(
                SystemFamily.AMAZON_LINUX,
                List.of(),
                "ami-bakery-builder",
                new RootVolume(Optional.of(new VolumeSize(12)), "gp3"),
                true,
                tags,
                Instant.parse("2026-11-23T18:00:00Z"),
                false);
    }
}
