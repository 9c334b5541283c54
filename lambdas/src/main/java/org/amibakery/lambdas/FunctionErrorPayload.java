package org.amibakery.lambdas;

/**
 * What Lambda answers in place of a function's answer when the function failed: HTTP 200 with the header
 * {@code X-Amz-Function-Error} and this payload (Invoke, FunctionError).
 *
 * @param errorMessage the failure's message
 * @param errorType the failure's simple class name, for example {@code NoFoundationImage}; a time-out has none and AWS
 *     itself sends names such as {@code Sandbox.Timedout}
 */
public record FunctionErrorPayload(String errorMessage, String errorType) {

    /** Turns absent parts into empty text and a qualified class name, as the Java runtime sends it, into a simple one. */
    public FunctionErrorPayload {
        errorMessage = errorMessage == null ? "" : errorMessage;
        errorType = errorType == null ? "" : errorType.replaceFirst("^org\\.amibakery\\.(?:\\w+\\.)*", "");
    }

    /** Builds the payload that Lambda would send for an uncaught failure. */
    public static FunctionErrorPayload of(Throwable failure) {
        return new FunctionErrorPayload(
                String.valueOf(failure.getMessage()), failure.getClass().getName());
    }
}
