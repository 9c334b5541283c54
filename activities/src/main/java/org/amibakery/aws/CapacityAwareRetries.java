package org.amibakery.aws;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Retries as the SDK's standard strategy does, at most 3 attempts, but never on missing capacity: EC2 answers that with
 * status 500, and the same zone has no more of it half a second later (scylla-machine-image#980).
 */
final class CapacityAwareRetries implements RetryStrategy {
    private static final Set<String> CAPACITY = Set.of(
            "InsufficientInstanceCapacity",
            "InsufficientHostCapacity",
            "InsufficientReservedInstanceCapacity",
            "InsufficientCapacity");

    private final RetryStrategy standard;

    private CapacityAwareRetries(RetryStrategy standard) {
        this.standard = standard;
    }

    static CapacityAwareRetries withAttempts(int attempts) {
        return new CapacityAwareRetries(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .build());
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        if (request.failure() instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && CAPACITY.contains(String.valueOf(answer.awsErrorDetails().errorCode()))) {
            throw new TokenAcquisitionFailedException(
                    "Missing capacity is not retried", request.token(), request.failure());
        }
        return standard.refreshRetryToken(request);
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        return standard.acquireInitialToken(request);
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        return standard.recordSuccess(request);
    }

    @Override
    public int maxAttempts() {
        return standard.maxAttempts();
    }

    /** The SDK would otherwise rebuild the strategy through {@link #toBuilder()} and lose this class. */
    @Override
    public boolean useClientDefaults() {
        return false;
    }

    @Override
    public Builder<?, ?> toBuilder() {
        return standard.toBuilder();
    }
}
