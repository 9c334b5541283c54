package org.amibakery.lambdas;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Builds one EC2 client per region over one HTTP client, with the SDK's default credentials and endpoint settings.
 *
 * <p>Lives as long as the Lambda sandbox does, so nothing is ever closed. At most three attempts a call: a function has
 * minutes at most, and what calls it retries too. A region that does not answer costs {@link #CALL_LIMIT} and no more: without
 * a limit, one that hangs would use the function's time up. The strategy is set here because {@code AWS_RETRY_MODE} would
 * change it otherwise.
 */
public final class StandardEc2 implements RegionalEc2 {
    /** How long a call may take with all of its attempts; ten times what EC2's slowest answers take. */
    public static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(14); // so that a second one can follow
    private static final int ATTEMPTS = 3;

    private final SdkHttpClient http = Apache5HttpClient.create();
    private final Map<String, Ec2Client> clients = new ConcurrentHashMap<>();

    /** Prepares the client of {@code AWS_REGION}, which Lambda always sets, before there is a request to answer. */
    public StandardEc2() {
        String home = System.getenv("AWS_REGION");
        if (home != null) {
            in(home);
        }
    }

    @Override
    public Ec2Client in(String region) {
        return clients.computeIfAbsent(region, this::build);
    }

    private Ec2Client build(String region) {
        return Ec2Client.builder()
                .region(Region.of(region))
                .httpClient(http)
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(ATTEMPTS)
                                        .build())
                                .apiCallAttemptTimeout(ATTEMPT_LIMIT)
                                .apiCallTimeout(CALL_LIMIT))
                .build();
    }
}
