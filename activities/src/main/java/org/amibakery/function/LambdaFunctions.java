package org.amibakery.function;

import static java.util.Objects.requireNonNull;

import org.amibakery.aws.AwsClients;
import org.amibakery.aws.LambdaErrors;
import org.amibakery.lambdas.FunctionErrorPayload;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.FunctionJson;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Asks functions on Lambda, and waits as long as they may run. */
public final class LambdaFunctions {
    private final AwsClients clients;

    /** Takes the clients; that of Lambda does not retry by itself. */
    public LambdaFunctions(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    /** Asks the function of this name or ARN. */
    public FunctionInvoker named(String name) {
        return new Named(name);
    }

    /** One deployed function. */
    private final class Named implements FunctionInvoker {
        private final String name;

        Named(String name) {
            this.name = requireNonNull(name, "name");
        }

        @Override
        public <A> A ask(Question<A> question) {
            InvokeRequest request = InvokeRequest.builder()
                    .functionName(name)
                    .invocationType(InvocationType.REQUEST_RESPONSE)
                    .payload(SdkBytes.fromByteArrayUnsafe(written(question)))
                    .build();
            InvokeResponse answer = LambdaErrors.INVOKE.guard(
                    "InvokeFunction", question.region(), () -> clients.lambda(question.region())
                            .invoke(request));
            return read(question, answer);
        }

        private static byte[] written(Question<?> question) {
            try {
                return FunctionJson.write(question.request().get());
            } catch (FunctionFailure refused) {
                throw FunctionFailures.of(question.function(), FunctionErrorPayload.of(refused));
            }
        }

        /** A function that fails still answers with status 200 (Invoke, FunctionError). */
        private static <A> A read(Question<A> question, InvokeResponse answer) {
            byte[] json = answer.payload().asByteArrayUnsafe();
            if (answer.functionError() != null) {
                throw FunctionFailures.of(
                        question.function(), FunctionJson.readAnswer(json, FunctionErrorPayload.class));
            }
            return FunctionJson.readAnswer(json, question.answer());
        }
    }
}
