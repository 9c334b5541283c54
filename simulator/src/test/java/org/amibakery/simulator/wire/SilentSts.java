package org.amibakery.simulator.wire;

import software.amazon.awssdk.services.sts.StsClient;

/** A handler with no operation; tests override the ones they are about. */
abstract class SilentSts implements StsClient {
    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {}
}
