package org.amibakery.acceptance.secondopinion;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.acceptance.secondopinion.Shim.Moto;

/** Does for moto what it lacks about images, by calls that moto has. */
final class ImageStandIns {
    private static final String IMAGE_ID = "imageId";
    private static final String SNAPSHOT_ID = "snapshotId";

    private ImageStandIns() {}

    /** Moto cannot tag the snapshots of a new image (NotImplementedError), so they get a call of their own. */
    static Optional<WireAnswer> creation(WireCall call, Moto moto) {
        Map<String, String> form = new LinkedHashMap<>(call.form());
        form.keySet().removeIf(name -> name.startsWith("TagSpecification.2."));
        WireAnswer answer = moto.answer(call.withForm(form));
        if (answer.isGood()) {
            tag(call, snapshotsOf(call, Ec2Question.ids(IMAGE_ID, answer), moto), 2, moto);
        }
        return Optional.of(answer);
    }

    /** Moto copies images without the tags of the call. */
    static Optional<WireAnswer> copy(WireCall call, Moto moto) {
        WireAnswer answer = moto.answer(call);
        if (answer.isGood()) {
            List<String> copy = Ec2Question.ids(IMAGE_ID, answer);
            tag(call, copy, 1, moto);
            tag(call, snapshotsOf(call, copy, moto), 2, moto);
        }
        return Optional.of(answer);
    }

    /** Moto leaves the snapshots of an image (DeleteAssociatedSnapshots), and tells nothing of them. */
    static Optional<WireAnswer> deregistration(WireCall call, Moto moto) {
        boolean along = call.parameter("DeleteAssociatedSnapshots").orElse("").equals("true");
        List<String> snapshots =
                along ? snapshotsOf(call, call.parameter("ImageId").stream().toList(), moto) : List.of();
        WireAnswer answer = moto.answer(call);
        if (!answer.isGood()) {
            return Optional.of(answer);
        }
        String results = snapshots.stream()
                .map(snapshot -> "<item><snapshotId>%s</snapshotId><returnCode>%s</returnCode></item>"
                        .formatted(snapshot, isDeleted(call, snapshot, moto) ? "success" : "client-error"))
                .collect(joining());
        return Optional.of(WireAnswer.xml(
                "DeregisterImage",
                "<return>true</return><deleteSnapshotResultSet>%s</deleteSnapshotResultSet>".formatted(results)));
    }

    private static boolean isDeleted(WireCall call, String snapshot, Moto moto) {
        return Ec2Question.change("DeleteSnapshot")
                .with("SnapshotId", snapshot)
                .ask(call, moto)
                .isGood();
    }

    /** Moto knows no deprecation; it is asked for the image, which must be there, and nothing else. */
    static Optional<WireAnswer> deprecation(WireCall call, Moto moto) {
        WireAnswer image = Ec2Question.describe("DescribeImages")
                .with("ImageId", call.parameter("ImageId").stream().toList())
                .ask(call, moto);
        return Optional.of(image.isGood() ? WireAnswer.xml("EnableImageDeprecation", "<return>true</return>") : image);
    }

    /** Moto fails (500) when it is asked for an image's last launch, of which it knows nothing: there was none. */
    static Optional<WireAnswer> attribute(WireCall call) {
        if (!call.parameter("Attribute").orElse("").equals("lastLaunchedTime")) {
            return Optional.empty();
        }
        return Optional.of(WireAnswer.xml(
                "DescribeImageAttribute",
                "<imageId>%s</imageId>".formatted(call.parameter("ImageId").orElse(""))));
    }

    /** Moto does not know the filter by snapshots: the own images are gone through one by one. Others are moto's. */
    static Optional<WireAnswer> imagesOfSnapshots(WireCall call, Moto moto) {
        if (!call.parameter("Filter.1.Name").orElse("").equals("block-device-mapping.snapshot-id")) {
            return Optional.empty();
        }
        List<String> wanted = call.valuesOf("Filter.1.Value");
        List<String> found =
                Ec2Question.describe("DescribeImages").with("Owner", List.of("self")).ids(IMAGE_ID, call, moto).stream()
                        .filter(image ->
                                snapshotsOf(call, List.of(image), moto).stream().anyMatch(wanted::contains))
                        .toList();
        return Optional.of(Ec2Question.describe("DescribeImages")
                .where("image-id", found.isEmpty() ? List.of("ami-none") : found)
                .ask(call, moto));
    }

    /** Moto knows no references: an image is used by the instances that moto shows. */
    static Optional<WireAnswer> references(WireCall call, Moto moto) {
        String items = call.valuesOf("ImageId").stream()
                .flatMap(image -> Ec2Question.describe("DescribeInstances")
                        .where("image-id", List.of(image))
                        .where("instance-state-name", List.of("pending", "running", "stopping", "stopped"))
                        .ids("instanceId", call, moto)
                        .stream()
                        .map(instance -> reference(call.region(), image, instance)))
                .collect(joining());
        return Optional.of(WireAnswer.xml(
                "DescribeImageReferences", "<imageReferenceSet>%s</imageReferenceSet>".formatted(items)));
    }

    private static String reference(String region, String image, String instance) {
        return "<item><imageId>%s</imageId><resourceType>ec2:Instance</resourceType><arn>arn:aws:ec2:%s:123456789012:instance/%s</arn></item>"
                .formatted(image, region, instance);
    }

    private static List<String> snapshotsOf(WireCall call, List<String> images, Moto moto) {
        return Ec2Question.describe("DescribeImages").where("image-id", images).ids(SNAPSHOT_ID, call, moto);
    }

    /** Gives resources the tags that a call asks for in one of its specifications. */
    private static void tag(WireCall call, List<String> resources, int specification, Moto moto) {
        Ec2Question tagging = Ec2Question.change("CreateTags").with("ResourceId", resources);
        String prefix = "TagSpecification.%d.".formatted(specification);
        call.form().forEach((name, value) -> {
            if (name.startsWith(prefix + "Tag.")) {
                tagging.with(name.substring(prefix.length()), value);
            }
        });
        tagging.ask(call, moto);
    }
}
