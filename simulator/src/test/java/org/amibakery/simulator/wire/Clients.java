package org.amibakery.simulator.wire;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** A wire server with handlers of the test's own, and SDK clients that talk to it. */
final class Clients implements AutoCloseable {
    static final AccessKey KEY = AccessKey.longTerm("AKIATESTTESTTESTTEST", "a-secret/with+signs");

    final FaultPlan faults = new FaultPlan();
    final CallLog calls = new CallLog();
    private final Map<String, SdkClient> handlers = new ConcurrentHashMap<>();
    private final WireServer server;

    Clients(SdkClient... handlers) {
        this(builder -> {}, handlers);
    }

    Clients(Consumer<WireServer.Builder> settings, SdkClient... handlers) {
        for (SdkClient handler : handlers) {
            this.handlers.put(handler.serviceName(), handler);
        }
        WireServer.Builder builder = WireServer.builder(
                        scope -> Optional.ofNullable(this.handlers.get(scope.service())),
                        id -> Optional.of(KEY).filter(key -> key.id().equals(id)))
                .faults(faults)
                .listener(calls);
        settings.accept(builder);
        server = builder.start();
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** Builds a client with quick retries: 3 attempts. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, AwsBasicCredentials.create(KEY.id(), KEY.secret()));
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsBasicCredentials credentials) {
        return builder.endpointOverride(endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                .overrideConfiguration(
                        config -> config.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
