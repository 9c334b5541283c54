package org.amibakery.simulator.wire;

import software.amazon.awssdk.services.s3.S3Client;

/** A handler with no operation; tests override the ones they are about. */
abstract class SilentS3 implements S3Client {
    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
