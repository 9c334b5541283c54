package org.amibakery.function;

import io.temporal.failure.ApplicationFailure;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.lambdas.FunctionErrorPayload;

/** Turns what a function says about its failure into one of Temporal's. */
final class FunctionFailures {
    private FunctionFailures() {}

    /** The failure to throw, with the function's own type and message. */
    static ApplicationFailure of(BakeryFunction function, FunctionErrorPayload error) {
        String type = error.errorType().isEmpty() ? "FunctionFailed" : error.errorType();
        Reaction reaction = reactionTo(type);
        Refusal refusal = new Refusal(function.text(), type, reaction, blameFor(type));
        return reaction == Reaction.GIVE_UP
                ? ApplicationFailure.newNonRetryableFailure(message(function, error), type, refusal)
                : ApplicationFailure.newFailure(message(function, error), type, refusal);
    }

    /** A type that is not listed comes from Lambda itself, such as a time-out, and is worth another try. */
    static Reaction reactionTo(String type) {
        return switch (type) {
            case "InvalidFunctionRequest", "NoFoundationImage", "AccessRefused" -> Reaction.GIVE_UP;
            default -> Reaction.BACK_OFF;
        };
    }

    static Blame blameFor(String type) {
        return switch (type) {
            case "NoFoundationImage" -> Blame.RECIPE_AUTHOR;
            case "AccessRefused" -> Blame.ACCOUNT_OWNER;
            case "AwsCallFailed" -> Blame.AWS;
            default -> Blame.BAKERY;
        };
    }

    private static String message(BakeryFunction function, FunctionErrorPayload error) {
        return error.errorMessage().isBlank()
                ? "The function %s failed without a message. Look at its log in CloudWatch.".formatted(function.text())
                : error.errorMessage();
    }
}
