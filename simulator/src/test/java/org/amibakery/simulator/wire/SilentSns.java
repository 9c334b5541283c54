package org.amibakery.simulator.wire;

import software.amazon.awssdk.services.sns.SnsClient;

/** A handler with no operation; tests override the ones they are about. */
abstract class SilentSns implements SnsClient {
    @Override
    public String serviceName() {
        return "sns";
    }

    @Override
    public void close() {}
}
