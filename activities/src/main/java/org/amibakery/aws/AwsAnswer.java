package org.amibakery.aws;

import java.net.ConnectException;
import java.net.UnknownHostException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads what AWS said, or that it said nothing.
 *
 * @param code the AWS error code, {@link #NO_ANSWER} or {@link #NO_CREDENTIALS}
 * @param message AWS's own words, without the SDK's additions
 * @param status the HTTP status; 0 without an answer
 */
record AwsAnswer(String code, String message, int status) {
    /** The call may or may not have had its effect. */
    static final String NO_ANSWER = "NoAnswer";

    /** The call was never sent: nothing listens at the endpoint. */
    static final String UNREACHABLE = "EndpointUnreachable";

    /** The call was never sent: there was nothing to sign it with. */
    static final String NO_CREDENTIALS = "NoCredentials";

    private static final int FIRST_SERVER_ERROR = 500;

    static AwsAnswer of(SdkException error) {
        if (error instanceof AwsServiceException answered && answered.awsErrorDetails() != null) {
            String code = answered.awsErrorDetails().errorCode();
            return new AwsAnswer(
                    code == null ? "HttpStatus" + answered.statusCode() : code,
                    sentence(answered.awsErrorDetails().errorMessage()),
                    answered.statusCode());
        }
        return new AwsAnswer(silence(error), sentence(error.getMessage()), 0);
    }

    boolean isServerError() {
        return status >= FIRST_SERVER_ERROR;
    }

    boolean wasGiven() {
        return status > 0;
    }

    private static String silence(SdkException error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("Unable to load credentials") || message.contains("Unable to load region")) {
            return NO_CREDENTIALS;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return UNREACHABLE;
            }
        }
        return NO_ANSWER;
    }

    private static String sentence(String text) {
        String trimmed = String.valueOf(text).strip();
        return trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    }
}
