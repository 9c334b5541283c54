package org.amibakery.simulator.sandbox;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.amibakery.simulator.world.ImageView;
import org.amibakery.simulator.world.PlatformFamily;

/** Keeps the content of images: a layer each, over those of the image its machine was launched from. Thread-safe. */
final class ImageDisks {
    private static final String ARCHITECTURE = architecture();

    private final Sandbox sandbox;
    private final Map<String, Disk> disks = new HashMap<>();
    private final Set<Path> layers = new HashSet<>();

    ImageDisks(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Finds what an image holds: its own layers, or, for one of Debian's, the root of all machines. */
    synchronized Optional<Disk> of(ImageView image) {
        boolean isDebian =
                image.family() == PlatformFamily.DEBIAN && image.architecture().equals(ARCHITECTURE);
        return kept(image.id()).or(() -> isDebian ? Optional.of(sandbox.debian()) : Optional.empty());
    }

    /** Finds the layers of an image that was made of a machine. */
    synchronized Optional<Disk> kept(String imageId) {
        return Optional.ofNullable(disks.get(imageId));
    }

    static String reasonAgainst(ImageView image) {
        return "The simulator's sandbox has no root for image %s (%s, %s). It launches Debian's own images for %s, and"
                        .formatted(image.id(), image.name(), image.architecture(), ARCHITECTURE)
                + " those made of its instances.";
    }

    /** Lets an image have a disk, whose uppermost layer is new. */
    synchronized void keep(String imageId, Disk disk) {
        layers.add(disk.layers().get(0));
        disks.put(imageId, disk);
    }

    synchronized void copy(String imageId, String copyId) {
        Optional.ofNullable(disks.get(imageId)).ifPresent(disk -> disks.put(copyId, disk));
    }

    synchronized void forget(String imageId) {
        disks.remove(imageId);
    }

    /** Removes the layers that neither an image nor one of these disks has. */
    void forgetUnused(Collection<Disk> inUse) {
        Set<Path> unused;
        synchronized (this) {
            unused = new HashSet<>(layers);
            Stream.concat(disks.values().stream(), inUse.stream())
                    .flatMap(disk -> disk.layers().stream())
                    .forEach(unused::remove);
            layers.removeAll(unused);
        }
        unused.forEach(Sandbox::remove);
    }

    /** Tells this computer's architecture in EC2's words. */
    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
    }
}
