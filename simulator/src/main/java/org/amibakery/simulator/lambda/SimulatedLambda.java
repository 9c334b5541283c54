package org.amibakery.simulator.lambda;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;

/** Shows the functions to one account in one region through the SDK's own interface. */
final class SimulatedLambda implements LambdaClient {
    private static final String LATEST = "$LATEST";
    private static final int LARGEST_PAYLOAD = 6 * 1024 * 1024;
    private static final int LARGEST_EVENT = 1024 * 1024;
    private static final int LOG_TAIL = 4 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Functions functions;
    private final Place place;

    SimulatedLambda(Functions functions, Place place) {
        this.functions = functions;
        this.place = place;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public GetFunctionResponse getFunction(GetFunctionRequest request) {
        DeployedFunction function = find(request.functionName(), request.qualifier());
        return GetFunctionResponse.builder()
                .configuration(FunctionConfiguration.builder()
                        .functionName(function.name())
                        .functionArn(function.arn())
                        .runtime(Runtime.JAVA17)
                        .timeout((int) function.timeout().toSeconds())
                        .memorySize(512)
                        .version(LATEST)
                        .state(State.ACTIVE)
                        .lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
                        .lastModified(function.deployedAt().toString())
                        .build())
                .build();
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        DeployedFunction function = find(request.functionName(), request.qualifier());
        InvocationType type =
                request.invocationType() == null ? InvocationType.REQUEST_RESPONSE : request.invocationType();
        byte[] payload = payloadOf(request, type);
        InvokeResponse.Builder response = InvokeResponse.builder().executedVersion(LATEST);
        return switch (type) {
            case DRY_RUN -> InvokeResponse.builder().statusCode(204).build();
            case EVENT -> {
                run(function, payload);
                yield InvokeResponse.builder().statusCode(202).build();
            }
            case REQUEST_RESPONSE -> answer(request, run(function, payload), response);
            case UNKNOWN_TO_SDK_VERSION ->
                throw SimulatorError.refused(
                        "InvalidParameterValueException",
                        "Unsupported invocation type: " + request.invocationTypeAsString());
        };
    }

    private FunctionRun.Outcome run(DeployedFunction function, byte[] payload) {
        InvocationFact fact = function.takeFact();
        if (fact == InvocationFact.IS_THROTTLED) {
            throw SimulatorError.of(429, "TooManyRequestsException", "Rate Exceeded.")
                    .with("Type", "User")
                    .with("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
        }
        return new FunctionRun(functions, function, functions.newRequestId()).run(payload, fact);
    }

    private static InvokeResponse answer(
            InvokeRequest request, FunctionRun.Outcome outcome, InvokeResponse.Builder response) {
        response.statusCode(200).payload(outcome.payload());
        outcome.functionError().ifPresent(response::functionError);
        if (request.logType() == LogType.TAIL) {
            response.logResult(tail(outcome.log()));
        }
        return response.build();
    }

    /** Answers the last 4 KB of the log, base64-encoded (Lambda Invoke, LogResult). */
    private static String tail(String log) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        byte[] end = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - LOG_TAIL), bytes.length);
        return Base64.getEncoder().encodeToString(end);
    }

    private DeployedFunction find(String name, String qualifierMember) {
        FunctionName named = FunctionName.parse(place, name);
        String qualifier = qualifierMember == null ? named.qualifier().orElse(LATEST) : qualifierMember;
        return functions
                .find(named.arn())
                .filter(function -> qualifier.equals(LATEST))
                .orElseThrow(() -> SimulatorError.of(
                                404,
                                "ResourceNotFoundException",
                                "Function not found: " + named.arn()
                                        + (qualifier.equals(LATEST) ? "" : ":" + qualifier))
                        .with("Type", "User"));
    }

    private static byte[] payloadOf(InvokeRequest request, InvocationType type) {
        byte[] payload =
                request.payload() == null ? new byte[0] : request.payload().asByteArray();
        int largest = type == InvocationType.EVENT ? LARGEST_EVENT : LARGEST_PAYLOAD;
        if (payload.length > largest) {
            throw SimulatorError.of(
                            413,
                            "RequestTooLargeException",
                            "Request must be smaller than " + largest + " bytes for the InvokeFunction operation")
                    .with("Type", "User");
        }
        checkJson(payload);
        return payload.length == 0 ? SdkBytes.fromUtf8String("{}").asByteArray() : payload;
    }

    private static void checkJson(byte[] payload) {
        try {
            JSON.readTree(payload);
        } catch (IOException malformed) {
            throw SimulatorError.refused(
                            "InvalidRequestContentException",
                            "Could not parse request body into json: " + firstLine(malformed.getMessage()))
                    .with("Type", "User");
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
