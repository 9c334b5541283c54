package org.amibakery.simulator.world;

/** The distribution an instance runs, as its agent would report it. */
public enum PlatformFamily {
    AMAZON_LINUX,
    UBUNTU,
    DEBIAN,
    UNKNOWN
}
