package org.amibakery.acceptance.permissions;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.simulator.Simulator;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What earlier bakes, and bakes that died, left in an account; made in the name of nobody whose calls are looked at. */
final class Remains {
    private static final String HOME = Stack.REGION;
    private static final Instant PAST = Instant.parse("2026-01-31T12:00:00Z");

    private final Simulator simulator;
    private final Ec2Client ec2;

    Remains(Simulator simulator, Ec2Client ec2) {
        this.simulator = simulator;
        this.ec2 = ec2;
    }

    /** An old image of the family that another account may launch. */
    void hasSharedImage(String family, String account) {
        String image = ownsImage(family, "shared", 90);
        ec2.modifyImageAttribute(change -> change.imageId(image)
                .launchPermission(
                        it -> it.add(LaunchPermission.builder().userId(account).build())));
    }

    void hasSnapshotOfImageThatIsGone(String family) {
        String image = ownsImage(family, "gone", 95);
        ec2.deregisterImage(deregister -> deregister.imageId(image));
    }

    private String ownsImage(String family, String name, int age) {
        return simulator
                .ec2()
                .ownsImage(
                        family + "-" + name,
                        Instant.now().minus(Duration.ofDays(age)).truncatedTo(ChronoUnit.SECONDS),
                        Map.of(
                                "ami-bakery:stack",
                                "ami-bakery",
                                "ami-bakery:recipe",
                                family,
                                "ami-bakery:state",
                                "good"));
    }

    /** A volume that outlived its builder, which the bake of that id looks for. */
    void hasFreeVolumeOf(String bake) {
        List<Tag> tags = tags(Map.of("stack", "ami-bakery", "bake", bake, "run", "run-1", "expires", PAST.toString()));
        ec2.createVolume(create -> create.availabilityZone(HOME + "a")
                .size(8)
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.VOLUME)
                        .tags(tags)
                        .build()));
    }

    /** What a bake can leave behind, past its expiry and of a bake that does not run. */
    void leavesOneOfEachKind() {
        String survived = launched(false); // its network interface outlives it
        ec2.terminateInstances(terminate -> terminate.instanceIds(survived));
        hasFreeVolumeOf("bake/dead/us-east-1");
        unfinishedImage();
        String gone = unfinishedImage();
        ec2.deregisterImage(deregister -> deregister.imageId(gone)); // its snapshot stays
    }

    private String unfinishedImage() {
        String builder = launched(true);
        return ec2.createImage(create -> create.instanceId(builder)
                        .name("dead-" + builder)
                        .tagSpecifications(orphaned(ResourceType.IMAGE), orphaned(ResourceType.SNAPSHOT)))
                .imageId();
    }

    private String launched(boolean interfaceGoesAlong) {
        return ec2.runInstances(run -> run.imageId(anyFoundation())
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1)
                        .networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                                .deviceIndex(0)
                                .deleteOnTermination(interfaceGoesAlong)
                                .build())
                        .tagSpecifications(
                                orphaned(ResourceType.INSTANCE),
                                orphaned(ResourceType.VOLUME),
                                orphaned(ResourceType.NETWORK_INTERFACE)))
                .instances()
                .get(0)
                .instanceId();
    }

    private String anyFoundation() {
        return ec2.describeImages(describe -> describe.owners("amazon")).images().stream()
                .filter(image -> image.name().startsWith("al2023-ami-2023")
                        && image.name().endsWith("x86_64"))
                .filter(image -> image.stateAsString().equals("available"))
                .map(Image::imageId)
                .findFirst()
                .orElseThrow();
    }

    private static TagSpecification orphaned(ResourceType type) {
        Map<String, String> marks = Map.of(
                "stack",
                "ami-bakery",
                "bake",
                "bake/dead/us-east-1",
                "run",
                "run-1",
                "state",
                "baking",
                "expires",
                PAST.toString());
        return TagSpecification.builder().resourceType(type).tags(tags(marks)).build();
    }

    private static List<Tag> tags(Map<String, String> marks) {
        return marks.entrySet().stream()
                .map(mark -> Tag.builder()
                        .key("ami-bakery:" + mark.getKey())
                        .value(mark.getValue())
                        .build())
                .toList();
    }
}
