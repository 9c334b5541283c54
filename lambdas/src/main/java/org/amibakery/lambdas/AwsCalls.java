package org.amibakery.lambdas;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Names what AWS answered: the code of an error, and the failure that a refused read becomes. */
public final class AwsCalls {
    /** The code given to a call that got no answer at all, so that its effect is unknown. */
    public static final String NO_ANSWER = "NoAnswer";

    private static final Set<String> ACCESS_CODES = Set.of(
            "UnauthorizedOperation",
            "AccessDenied",
            "AccessDeniedException",
            "AuthFailure",
            "ExpiredToken",
            "RequestExpired",
            "InvalidClientTokenId",
            "OptInRequired");

    private AwsCalls() {}

    /** Makes a call that the function cannot do without; its error ends the function. */
    public static <R> R required(String operation, String region, Supplier<R> call) {
        try {
            return call.get();
        } catch (SdkException error) {
            throw failure(operation, region, error);
        }
    }

    /** Tells the AWS code of an error, or {@link #NO_ANSWER} where AWS did not answer. */
    public static String codeOf(SdkException error) {
        if (error instanceof AwsServiceException answered && answered.awsErrorDetails() != null) {
            String code = answered.awsErrorDetails().errorCode();
            return code == null ? String.valueOf(answered.statusCode()) : code; // to HEAD, S3 answers a status alone
        }
        return NO_ANSWER;
    }

    /** Tells what AWS said, without the SDK's additions, so that equal errors read alike. */
    public static String messageOf(SdkException error) {
        if (error instanceof AwsServiceException answered && answered.awsErrorDetails() != null) {
            return String.valueOf(Optional.ofNullable(answered.awsErrorDetails().errorMessage())
                    .orElse(answered.getMessage()));
        }
        return String.valueOf(error.getMessage());
    }

    private static FunctionFailure failure(String operation, String region, SdkException error) {
        String code = codeOf(error);
        if (ACCESS_CODES.contains(code)) {
            return new AccessRefused(
                    String.format(
                            "EC2 answered %s to %s in %s: %s. Nothing was changed. Allow ec2:%s to the function's role"
                                    + " and check its credentials, then try again.",
                            code, operation, region, messageOf(error), operation),
                    error);
        }
        return new AwsCallFailed(
                String.format(
                        "EC2 answered %s to %s in %s: %s. Nothing was changed. Try again later.",
                        code, operation, region, messageOf(error)),
                error);
    }
}
