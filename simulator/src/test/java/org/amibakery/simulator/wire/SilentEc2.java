package org.amibakery.simulator.wire;

import software.amazon.awssdk.services.ec2.Ec2Client;

/** A handler with no operation; tests override the ones they are about. */
abstract class SilentEc2 implements Ec2Client {
    @Override
    public String serviceName() {
        return "ec2";
    }

    @Override
    public void close() {}
}
