package org.amibakery.simulator.wire;

import software.amazon.awssdk.services.lambda.LambdaClient;

/** A handler with no operation; tests override the ones they are about. */
abstract class SilentLambda implements LambdaClient {
    @Override
    public String serviceName() {
        return "lambda";
    }

    @Override
    public void close() {}
}
