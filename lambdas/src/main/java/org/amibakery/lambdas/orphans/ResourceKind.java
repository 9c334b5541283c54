package org.amibakery.lambdas.orphans;

/** The kinds of what a bake makes, in the order of removal: what uses something goes before what it uses. */
public enum ResourceKind {
    INSTANCE("DescribeInstances", "TerminateInstances"),
    VOLUME("DescribeVolumes", "DeleteVolume"),
    NETWORK_INTERFACE("DescribeNetworkInterfaces", "DeleteNetworkInterface"),
    IMAGE("DescribeImages", "DeregisterImage"),
    SNAPSHOT("DescribeSnapshots", "DeleteSnapshot");

    private final String look;
    private final String removal;

    ResourceKind(String look, String removal) {
        this.look = look;
        this.removal = removal;
    }

    /** The operation of EC2 that shows such a resource. */
    String look() {
        return look;
    }

    /** The operation of EC2 that removes such a resource. */
    String removal() {
        return removal;
    }
}
