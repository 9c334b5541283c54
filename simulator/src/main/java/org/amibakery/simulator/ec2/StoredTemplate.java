package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

/** One launch template with all its versions, the first being number 1. */
final class StoredTemplate extends NamedResource {
    record Version(long number, Instant createdAt, String description, RequestLaunchTemplateData data) {}

    private final List<Version> versions = new ArrayList<>();
    private long defaultVersion = 1;

    StoredTemplate(String id, Place place, Instant now, Origin origin, String templateName) {
        super(id, place, now, origin, templateName);
    }

    @Override
    ResourceKind kind() {
        return ResourceKind.LAUNCH_TEMPLATE;
    }

    @Override
    String type() {
        return "launch-template";
    }

    Version add(Instant now, String description, RequestLaunchTemplateData data) {
        Version version = new Version(versions.size() + 1L, now, description, data);
        versions.add(version);
        return version;
    }

    /** Tells whether one of the newest versions launches this image. */
    boolean usesImage(String imageId, long newestVersions) {
        return versions.stream()
                .skip(Math.max(0, versions.size() - newestVersions))
                .anyMatch(version -> imageId.equals(version.data().imageId()));
    }

    void makeDefault(long version) {
        defaultVersion = version;
    }

    long defaultVersion() {
        return defaultVersion;
    }

    long latestVersion() {
        return versions.size();
    }

    List<Version> versions() {
        return List.copyOf(versions);
    }
}
