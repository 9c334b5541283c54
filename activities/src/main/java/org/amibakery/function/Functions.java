package org.amibakery.function;

import static java.util.Objects.requireNonNull;

/**
 * Offers the ways to ask a function: a deployed one by its name, or the same code in this process.
 *
 * @param lambda asks functions on Lambda
 */
public record Functions(LambdaFunctions lambda, InProcessFunctions inProcess) {
    public Functions {
        requireNonNull(lambda, "lambda");
        requireNonNull(inProcess, "inProcess");
    }

    /** Asks the Lambda function of this name. */
    public FunctionInvoker onLambda(String name) {
        return lambda.named(name);
    }
}
