package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageResponse;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Makes images out of instances and of other images, with their snapshots. */
final class ImageCreation {
    private static final Set<String> TAGGABLE = Set.of("image", "snapshot");
    private static final int LONGEST_COPY_TOKEN = 128;

    private record Copy(CopyImageRequest request, StoredImage image) {}

    private final Ec2Place here;
    private final ImageNames names;
    private final Map<String, Copy> copiesByToken = new HashMap<>();

    ImageCreation(Ec2Place here) {
        this.here = here;
        this.names = new ImageNames(here);
    }

    CreateImageResponse create(CreateImageRequest request) {
        StoredInstance instance = new InstanceAccess(here).get(request.instanceId());
        requireImageable(instance);
        String name = names.claim(request.name());
        Draft draft = new Draft(
                name,
                Optional.ofNullable(request.description()).orElse(""),
                new StoredImage.Source(instance.id(), instance.launch().image().id(), here.region()),
                instance.launch().image(),
                devices(instance, request.blockDeviceMappings()),
                here.timings().image());
        StoredImage image = make(draft, new Labels(request.tagSpecifications(), Map.of()), id -> here.machines()
                .archive(instance.id(), id));
        if (!Boolean.TRUE.equals(request.noReboot())) {
            instance.reboot(here.now());
        }
        return CreateImageResponse.builder().imageId(image.id()).build();
    }

    CopyImageResponse copy(CopyImageRequest request) {
        StoredImage image = earlierCopy(request).orElseGet(() -> newCopy(request));
        return CopyImageResponse.builder().imageId(image.id()).build();
    }

    /** What an image will be. */
    private record Draft(
            String name,
            String description,
            StoredImage.Source source,
            StoredImage like,
            List<DeviceSpec> devices,
            Duration time) {}

    private record Labels(List<TagSpecification> specifications, Map<String, String> inherited) {
        Map<String, String> of(String type) {
            Map<String, String> tags = new LinkedHashMap<>(inherited);
            tags.putAll(TagRules.tagsFor(type, specifications, TAGGABLE));
            TagRules.checkCount(tags);
            return tags;
        }
    }

    private void requireImageable(StoredInstance instance) {
        String state = instance.stateAt(here.now());
        if (instance.isEnding(here.now())) {
            throw InstanceLifecycle.incorrectState("The instance '" + instance.id() + "' is in state '" + state
                    + "', from which no image can be made.");
        }
        if (!List.of("running", "stopped").contains(state)) {
            throw refused("InvalidParameterValue", "Instance is not in state 'running' or 'stopped'.");
        }
    }

    private List<DeviceSpec> devices(StoredInstance instance, List<BlockDeviceMapping> asked) {
        List<String> left = asked.stream()
                .filter(mapping -> mapping.noDevice() != null)
                .map(BlockDeviceMapping::deviceName)
                .toList();
        return here.volumesOf(instance.id()).stream()
                .filter(volume -> volume.attachedTo(here.now()).isPresent())
                .map(StoredVolume::device)
                .filter(device -> !left.contains(device.deviceName()))
                .toList();
    }

    /** Makes an image that is pending until its content is kept, and at least as long as AWS takes. */
    private StoredImage make(Draft draft, Labels labels, Function<String, CompletionStage<Void>> content) {
        Map<String, String> imageTags = labels.of("image");
        Map<String, String> snapshotTags = labels.of("snapshot");
        Instant now = here.now();
        String id = here.ids().next("ami");
        Instant done = here.after(here.behaviour().imageTimeOr(draft.time()));
        Instant copied = earlier(done, here.after(here.timings().snapshot()));
        List<DeviceSpec> devices = draft.devices().stream()
                .map(device -> device.withSnapshot(snapshot(id, draft, device, copied, snapshotTags)))
                .toList();
        StoredImage.Identity identity = new StoredImage.Identity(
                id,
                draft.name(),
                here.place(),
                now,
                here.after(here.behaviour().imageVisibility(here.timings().visibility())),
                Ec2Resource.Origin.REQUESTED,
                Optional.empty(),
                draft.like().architecture(),
                draft.like().family());
        Duration linger = here.scaled(here.timings().deregisteredLinger());
        StoredImage image = here.track(new StoredImage(
                identity, draft.source(), devices, draft.description(), new Timeline(now, "pending"), linger));
        here.images().add(image);
        here.tag(image, imageTags);
        here.behaviour()
                .nextMisfortune()
                .ifPresentOrElse(
                        misfortune -> misfortune.failure().ifPresent(reason -> image.fails(done, reason)),
                        () -> here.whenDone(content.apply(id), done, (at, failure) -> finish(image, at, failure)));
        return image;
    }

    private void finish(StoredImage image, Instant at, Optional<Throwable> failure) {
        if (image.timeline().isAt(here.now(), "pending")) {
            failure.ifPresentOrElse(
                    cause -> image.fails(at, "Server.InternalError: " + cause.getMessage()),
                    () -> image.timeline().enter(at, "available"));
        }
    }

    private String snapshot(
            String imageId, Draft draft, DeviceSpec device, Instant completed, Map<String, String> tags) {
        Instant now = here.now();
        boolean fromInstance = !draft.source().instanceId().isEmpty();
        String volumeId = fromInstance ? volumeAt(draft.source().instanceId(), device.deviceName()) : "vol-ffffffff";
        String description = fromInstance
                ? "Created by CreateImage(" + draft.source().instanceId() + ") for " + imageId
                : "Copied for DestinationAmi " + imageId + " from SourceAmi "
                        + draft.source().imageId();
        StoredSnapshot.Identity identity = new StoredSnapshot.Identity(
                here.ids().next("snap"),
                here.place(),
                now,
                Ec2Resource.Origin.REQUESTED,
                imageId,
                volumeId,
                description);
        Timeline life = new Timeline(now, "pending").enter(completed, "completed");
        StoredSnapshot snapshot = here.track(new StoredSnapshot(identity, device, life));
        here.images().add(snapshot);
        here.tag(snapshot, tags);
        return snapshot.id();
    }

    private String volumeAt(String instanceId, String deviceName) {
        return here.volumesOf(instanceId).stream()
                .filter(volume -> volume.device().deviceName().equals(deviceName))
                .map(StoredVolume::id)
                .findFirst()
                .orElseThrow();
    }

    private Optional<StoredImage> earlierCopy(CopyImageRequest request) {
        String token = request.clientToken();
        if (token == null || !copiesByToken.containsKey(token)) {
            return Optional.empty();
        }
        Copy copy = copiesByToken.get(token);
        if (!copy.request().equals(request)) {
            throw refused(
                    "IdempotentParameterMismatch",
                    "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
        }
        return Optional.of(copy.image());
    }

    private StoredImage newCopy(CopyImageRequest request) {
        if (request.clientToken() != null && request.clientToken().length() > LONGEST_COPY_TOKEN) {
            throw refused("InvalidParameterValue", "Client token must be at most 128 ASCII characters");
        }
        StoredImage source = source(request);
        boolean encrypt = Boolean.TRUE.equals(request.encrypted());
        Map<String, String> inherited =
                Boolean.TRUE.equals(request.copyImageTags()) ? source.tags().settled() : Map.of();
        Draft draft = new Draft(
                names.claim(request.name()),
                Optional.ofNullable(request.description()).orElse(""),
                new StoredImage.Source("", source.id(), request.sourceRegion()),
                source,
                source.devices().stream()
                        .map(device -> encrypt ? device.encrypt() : device)
                        .toList(),
                here.timings().copy());
        StoredImage image =
                make(draft, new Labels(request.tagSpecifications(), inherited), id -> copy(source.id(), id));
        source.imdsSupport().ifPresent(image::requireImds);
        if (request.clientToken() != null) {
            copiesByToken.put(request.clientToken(), new Copy(request, image));
        }
        return image;
    }

    private CompletionStage<Void> copy(String imageId, String copyId) {
        here.machines().copy(imageId, copyId);
        return CompletableFuture.completedStage(null);
    }

    private StoredImage source(CopyImageRequest request) {
        String region = LaunchChecks.require(request.sourceRegion(), "SourceRegion");
        String id = LaunchChecks.require(request.sourceImageId(), "SourceImageId");
        StoredImage source = here.imagesIn(region)
                .image(id)
                .filter(image -> image.isSharedWith(here.account()) && image.isVisibleAt(here.now()))
                .orElseThrow(() ->
                        refused("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist in " + region));
        if (!source.timeline().isAt(here.now(), "available")) {
            throw refused("InvalidRequest", "The source image " + id + " is not in state 'available'");
        }
        return source;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
