package org.amibakery.simulator.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of a root: layers of which an upper one hides what it changes in those below.
 *
 * @param layers folders, the uppermost first; at least one
 */
public record Disk(List<Path> layers) {
    /** Copies the list. */
    public Disk {
        layers = List.copyOf(layers);
    }

    /** Lays one more layer on top. */
    public Disk under(Path layer) {
        return new Disk(Stream.concat(Stream.of(layer), layers.stream()).toList());
    }

    /** Writes it as the mount option lowerdir of overlayfs takes it. */
    String lowerdir() {
        return layers.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
