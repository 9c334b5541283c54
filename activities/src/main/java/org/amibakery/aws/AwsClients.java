package org.amibakery.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Hands out the AWS clients of a region, built on first use over one HTTP client and one set of credentials. Thread-safe.
 *
 * <p>An attempt ends after 20 seconds, a call with its at most 3 attempts after 60; longer retries are Temporal's. Calls
 * that AWS cannot tell from a repeat (SendCommand, which ends after 10 seconds, and Invoke), or that make what costs money,
 * have clients that never retry. Strategies are set here, because
 * {@code AWS_RETRY_MODE} would change them otherwise.
 */
public final class AwsClients implements AutoCloseable {
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(20);

    /** SendCommand must have ended before its activity's heartbeat timeout of 12 seconds, when another attempt starts. */
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);

    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    /** A function runs for at most 15 minutes; whoever hangs up earlier cannot know what it did. */
    private static final Duration FUNCTION_LIMIT = Duration.ofMinutes(15).plusSeconds(30);

    /** As many as the worker has activity slots, and a few for the watchers. */
    private static final int CONNECTIONS = 220;

    private static final int ATTEMPTS = 3;

    private final Optional<AwsEndpoint> endpoint;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http = httpClient(ATTEMPT_LIMIT);
    private final SdkHttpClient patientHttp = httpClient(FUNCTION_LIMIT);
    private final Map<String, SdkAutoCloseable> clients = new ConcurrentHashMap<>();

    private AwsClients(Optional<AwsEndpoint> endpoint, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /** Uses the SDK's default chain of credentials and its standard variables, {@code AWS_ENDPOINT_URL} among them. */
    public static AwsClients standard() {
        return new AwsClients(
                Optional.empty(), DefaultCredentialsProvider.builder().build());
    }

    /** Uses one address and one access key for every service, whatever the environment says. */
    public static AwsClients at(AwsEndpoint endpoint) {
        AwsBasicCredentials key = AwsBasicCredentials.create(endpoint.accessKeyId(), endpoint.secretAccessKey());
        return new AwsClients(Optional.of(endpoint), StaticCredentialsProvider.create(key));
    }

    /** EC2, which retries transport faults and throttles but not missing capacity. */
    public Ec2Client ec2(Region region) {
        return client("ec2", region, place -> quick(Ec2Client.builder(), place).build());
    }

    /**
     * EC2 for calls that make something: the SDK would hide a lost answer behind the refusal of its own second attempt, and
     * what the first one made would be nobody's.
     */
    public Ec2Client ec2WithoutRetries(Region region) {
        return client("ec2WithoutRetries", region, place -> configured(Ec2Client.builder(), place, Manner.ONCE)
                .build());
    }

    /** Systems Manager for everything but SendCommand. */
    public SsmClient ssm(Region region) {
        return client("ssm", region, place -> quick(SsmClient.builder(), place).build());
    }

    /** Systems Manager for SendCommand: it has no token, so a retry after a lost answer would run the command twice. */
    public SsmClient ssmWithoutRetries(Region region) {
        return client(
                "ssmWithoutRetries", region, place -> configured(SsmClient.builder(), place, Manner.ONCE_AND_BRIEF)
                        .build());
    }

    /**
     * S3 in path style, as bucket names are no host names of a simulator. It follows a bucket to its own region, which
     * need not be the one that is baked in.
     */
    public S3Client s3(Region region) {
        return client("s3", region, place -> quick(S3Client.builder(), place)
                .forcePathStyle(true)
                .crossRegionAccessEnabled(true)
                .build());
    }

    /** Lambda, which waits for a function's 15 minutes and never runs it again by itself. */
    public LambdaClient lambda(Region region) {
        return client("lambda", region, place -> configured(LambdaClient.builder(), place, Manner.ONCE_AND_PATIENT)
                .build());
    }

    /** Simple Notification Service. */
    public SnsClient sns(Region region) {
        return client("sns", region, place -> quick(SnsClient.builder(), place).build());
    }

    /** Security Token Service, which tells who the credentials belong to. */
    public StsClient sts(Region region) {
        return client("sts", region, place -> quick(StsClient.builder(), place).build());
    }

    /** Closes every client and connection; calls under way fail. */
    @Override
    public void close() {
        clients.values().forEach(SdkAutoCloseable::close);
        clients.clear();
        http.close();
        patientHttp.close();
        if (credentials instanceof SdkAutoCloseable chain) {
            chain.close();
        }
    }

    @SuppressWarnings("unchecked") // a key's first part names the client's class
    private <C extends SdkAutoCloseable> C client(String service, Region region, Function<Region, C> build) {
        return (C) clients.computeIfAbsent(service + " in " + region, key -> build.apply(region));
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B quick(B builder, Region region) {
        return configured(builder, region, Manner.QUICK);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
            B builder, Region region, Manner manner) {
        endpoint.ifPresent(address -> builder.endpointOverride(address.uri()));
        return builder.region(software.amazon.awssdk.regions.Region.of(region.name()))
                .credentialsProvider(credentials)
                .httpClient(manner == Manner.ONCE_AND_PATIENT ? patientHttp : http)
                .overrideConfiguration(override -> override.retryStrategy(manner.retries())
                        .apiCallAttemptTimeout(manner.attemptLimit)
                        .apiCallTimeout(manner.callLimit));
    }

    private static SdkHttpClient httpClient(Duration silence) {
        return Apache5HttpClient.builder()
                .maxConnections(CONNECTIONS)
                .socketTimeout(silence)
                .tcpKeepAlive(true)
                .build();
    }

    /** How often a call is sent, and how long its answer may take. */
    private enum Manner {
        QUICK(ATTEMPT_LIMIT, CALL_LIMIT),
        ONCE(ATTEMPT_LIMIT, ATTEMPT_LIMIT),
        ONCE_AND_BRIEF(SEND_LIMIT, SEND_LIMIT),
        ONCE_AND_PATIENT(FUNCTION_LIMIT, FUNCTION_LIMIT);

        private final Duration attemptLimit;
        private final Duration callLimit;

        Manner(Duration attemptLimit, Duration callLimit) {
            this.attemptLimit = attemptLimit;
            this.callLimit = callLimit;
        }

        private RetryStrategy retries() {
            return switch (this) {
                case QUICK -> CapacityAwareRetries.withAttempts(ATTEMPTS);
                case ONCE, ONCE_AND_BRIEF, ONCE_AND_PATIENT -> AwsRetryStrategy.doNotRetry();
            };
        }
    }
}
