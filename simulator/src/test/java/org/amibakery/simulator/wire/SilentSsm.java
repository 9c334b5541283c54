package org.amibakery.simulator.wire;

import software.amazon.awssdk.services.ssm.SsmClient;

/** A handler with no operation; tests override the ones they are about. */
abstract class SilentSsm implements SsmClient {
    @Override
    public String serviceName() {
        return "ssm";
    }

    @Override
    public void close() {}
}
