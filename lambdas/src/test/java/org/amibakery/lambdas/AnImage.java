package org.amibakery.lambdas;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Makes images for tests: valid by default, a test says only what it is about. */
public final class AnImage {
    /** The time that all tests of this module live in. */
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private AnImage() {}

    /** A vendor's image of today. */
    public static Image.Builder anImage(String id) {
        return Image.builder()
                .imageId(id)
                .name("al2023-ami-2023.1-x86_64")
                .ownerId(FakeFleet.AMAZON)
                .imageOwnerAlias("amazon")
                .architecture("x86_64")
                .state("available")
                .virtualizationType("hvm")
                .rootDeviceType("ebs")
                .rootDeviceName("/dev/xvda")
                .creationDate(NOW.toString())
                .blockDeviceMappings(disk("snap-vendor"));
    }

    /** A good image of stack "bakery" and family "web", aged so many days, with a snapshot of its own. */
    public static Image.Builder ownImage(String id, int days) {
        return anImage(id)
                .name("web-" + id)
                .ownerId(FakeFleet.OURSELVES)
                .imageOwnerAlias(null)
                .creationDate(NOW.minus(Duration.ofDays(days)).toString())
                .blockDeviceMappings(disk(snapshotOf(id)))
                .tags(tags("bakery", "web", "good"));
    }

    /** The id of the snapshot that {@link #ownImage} gives an image. */
    public static String snapshotOf(String imageId) {
        return imageId.replace("ami-", "snap-");
    }

    /** The reserved tags; an empty value leaves its tag out. */
    public static List<Tag> tags(String stack, String family, String state) {
        List<Tag> tags = new ArrayList<>();
        add(tags, "ami-bakery:stack", stack);
        add(tags, "ami-bakery:recipe", family);
        add(tags, "ami-bakery:state", state);
        return tags;
    }

    /** A root volume of 8 GiB from a snapshot. */
    public static BlockDeviceMapping disk(String snapshotId) {
        return BlockDeviceMapping.builder()
                .deviceName("/dev/xvda")
                .ebs(EbsBlockDevice.builder()
                        .snapshotId(snapshotId)
                        .volumeSize(8)
                        .build())
                .build();
    }

    private static void add(List<Tag> tags, String key, String value) {
        if (!value.isEmpty()) {
            tags.add(Tag.builder().key(key).value(value).build());
        }
    }
}
