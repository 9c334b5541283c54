package org.amibakery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Compares the codec with botocore, which knows AWS from the same models by another program.
 *
 * <p>The SDK and the codec share their metadata, so a round trip between them cannot see a wrong name; this can.
 */
class BotocoreComparisonTest {
    private static final Map<String, Class<? extends SdkClient>> CLIENTS = Map.of(
            "ec2", Ec2Client.class,
            "ssm", SsmClient.class,
            "sns", SnsClient.class,
            "sts", StsClient.class,
            "lambda", LambdaClient.class,
            "s3", S3Client.class);

    /** Operations that no codec could tell apart or carry: why is beside each. */
    private static final Set<String> LEFT_OUT = Set.of(
            "ec2 DescribeFpgaImages", // the SDK renames the member Public; the wire is right
            "s3 GetBucketLocation", // botocore reads its bare element in a client hook, not in its parser
            "s3 GetObject", // a random Expires header is no date
            "s3 HeadObject", // the same
            "s3 ListDirectoryBuckets", // the same GET / as ListBuckets, told apart by its host
            "ssm ListNodes", // a union, of which botocore accepts one member only
            "s3 WriteGetObjectResponse", // goes to an endpoint of its own, its members are headers of another answer
            "sns AddPermission"); // the SDK renames two members; the wire is right

    @BeforeAll
    static void botocoreIsInstalled() throws InterruptedException {
        boolean installed = BotocorePeer.isInstalled();
        String advice = "The codec was not compared with botocore. Install it to compare: pip install botocore";
        if (System.getenv("CI") != null) {
            assertThat(installed).as(advice).isTrue();
        }
        if (!installed) {
            System.err.println("Skipped: " + advice); // the build's output does not show why a test was skipped
        }
        assumeTrue(installed, advice);
    }

    @ParameterizedTest(name = "{0}: at least {1} operations")
    @CsvSource({"ec2, 700", "ssm, 140", "sns, 40", "sts, 9", "lambda, 75", "s3, 95"})
    void every_operation_reads_and_writes_what_botocore_does(String service, int least) throws IOException {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (BotocorePeer botocore = new BotocorePeer()) {
            Comparison comparison = new Comparison(service, botocore);
            for (Operation operation : OperationIndex.of(CLIENTS.get(service)).known()) {
                if (!LEFT_OUT.contains(service + " " + operation.name())) {
                    Optional<List<String>> outcome = comparison.of(operation);
                    compared += outcome.isPresent() ? 1 : 0;
                    differences.addAll(outcome.orElse(List.of()));
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(least);
    }

    /** Sends one random request and one random response of an operation through both programs. */
    private static final class Comparison {
        private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

        private final String service;
        private final WireProtocol protocol;
        private final Codec codec;
        private final BotocorePeer botocore;
        private final RandomRecords records = new RandomRecords(new Random(20_260_101));

        Comparison(String service, BotocorePeer botocore) {
            this.service = service;
            this.protocol = WireProtocol.of(service);
            this.codec = Codec.of(protocol);
            this.botocore = botocore;
        }

        /** Lists the differences; empty when botocore lacks the operation. */
        Optional<List<String>> of(Operation operation) throws IOException {
            SdkPojo request = records.fill(operation.newRequest());
            JsonNode sent = botocore.ask(question("request", operation)
                    .set("params", Trees.ofRequests().of(request)));
            if (sent.has("skip")) {
                return Optional.empty();
            }
            List<String> differences = new ArrayList<>();
            if (sent.has("error")) {
                return Optional.of(List.of(operation + ": " + sent.get("error").asText()));
            }
            WireRequest http = httpOf(sent);
            try {
                DecodedCall decoded = codec.decode(http, OperationIndex.of(CLIENTS.get(service)));
                compare(
                                operation + " request",
                                Trees.ofRequests().of(request),
                                Trees.ofRequests().of(decoded.request()))
                        .ifPresent(differences::add);
            } catch (SimulatorError refused) {
                differences.add(operation + " request refused: " + refused.code() + " " + refused.getMessage());
            }
            compareResponse(operation, http).ifPresent(differences::add);
            return Optional.of(differences);
        }

        private Optional<String> compareResponse(Operation operation, WireRequest http) throws IOException {
            SdkPojo response = records.fill(operation.newResponse());
            DecodedCall call = new DecodedCall(operation, operation.newRequest(), http);
            WireAnswer answer = codec.encode(call, new HandlerAnswer(response, new byte[0]), "request-id");
            ObjectNode question = question("response", operation)
                    .put("status", answer.status())
                    .put("body", Base64.getEncoder().encodeToString(answer.body()));
            question.set("expected", Trees.ofResponses().of(response));
            ObjectNode headers = question.putObject("headers");
            answer.headers().asMap().forEach((name, values) -> headers.put(name, String.join(",", values)));
            JsonNode parsed = botocore.ask(question);
            if (parsed.has("error")) {
                return Optional.of(
                        operation + " response: " + parsed.get("error").asText());
            }
            return compare(operation + " response", parsed.get("expected"), parsed.get("tree"));
        }

        private static Optional<String> compare(String what, JsonNode expected, JsonNode actual) {
            JsonNode left = Trees.canonical(expected);
            JsonNode right = Trees.canonical(actual);
            return left.equals(right) ? Optional.empty() : Optional.of(what + "\n  " + left + "\n  " + right);
        }

        private ObjectNode question(String kind, Operation operation) {
            return JSON.objectNode().put("kind", kind).put("service", service).put("operation", operation.name());
        }

        private static WireRequest httpOf(JsonNode sent) {
            Headers headers = new Headers();
            sent.get("headers")
                    .properties()
                    .forEach(header ->
                            headers.add(header.getKey(), header.getValue().asText()));
            return WireRequest.of(
                    sent.get("method").asText(),
                    sent.get("target").asText(),
                    headers,
                    Base64.getDecoder().decode(sent.get("body").asText()));
        }
    }
}
