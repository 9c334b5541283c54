package org.amibakery.simulator.world;

/** The kinds of resource that cost money or harm when they are left behind. */
public enum ResourceKind {
    INSTANCE,
    VOLUME,
    NETWORK_INTERFACE,
    IMAGE,
    SNAPSHOT,
    KEY_PAIR,
    SECURITY_GROUP,
    LAUNCH_TEMPLATE
}
