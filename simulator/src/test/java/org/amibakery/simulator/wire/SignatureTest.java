package org.amibakery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

class SignatureTest {
    private static final AwsBasicCredentials WRONG_SECRET =
            AwsBasicCredentials.create(Clients.KEY.id(), "not-the-secret");
    private static final AwsBasicCredentials UNKNOWN_KEY = AwsBasicCredentials.create("AKIAUNKNOWN", "whatever");

    private final Ec2Client regions = new SilentEc2() {
        @Override
        public DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
            return DescribeRegionsResponse.builder().build();
        }
    };

    @ParameterizedTest(name = "{0}: wrong secret {1}, unknown key {2}")
    @CsvSource({
        "ec2, AuthFailure, AuthFailure",
        "sts, SignatureDoesNotMatch, InvalidClientTokenId",
        "sns, SignatureDoesNotMatch, InvalidClientTokenId",
        "ssm, InvalidSignatureException, UnrecognizedClientException",
        "lambda, InvalidSignatureException, UnrecognizedClientException",
        "s3, SignatureDoesNotMatch, InvalidAccessKeyId",
    })
    void each_service_refuses_strangers_in_its_own_words(String service, String wrongSecret, String unknownKey) {
        try (Clients clients = new Clients()) {
            assertThat(codeOfCall(clients, service, WRONG_SECRET)).isEqualTo(wrongSecret);
            assertThat(codeOfCall(clients, service, UNKNOWN_KEY)).isEqualTo(unknownKey);
        }
    }

    @Test
    void a_stale_signature_is_refused() throws Exception {
        try (Clients clients = new Clients(regions)) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(clients.endpoint())
                    .header("X-Amz-Date", "20260101T000000Z")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=" + Clients.KEY.id()
                                    + "/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature=00")
                    .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeRegions"))
                    .build());

            assertThat(answer.statusCode()).isBetween(400, 401);
            assertThat(answer.body()).contains("<Response><Errors><Error><Code>");
        }
    }

    @Test
    void an_unsigned_request_is_refused() throws Exception {
        try (Clients clients = new Clients(regions)) {
            HttpResponse<String> ec2 = send(HttpRequest.newBuilder(clients.endpoint())
                    .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeRegions"))
                    .build());
            HttpResponse<String> s3 = send(HttpRequest.newBuilder(URI.create(clients.endpoint() + "/bucket/key"))
                    .build());

            assertThat(ec2.body()).contains("<Code>AuthFailure</Code>");
            assertThat(s3.statusCode()).isEqualTo(403);
            assertThat(s3.body()).contains("<Code>AccessDenied</Code>");
        }
    }

    @Test
    void the_sdk_corrects_a_skewed_clock_by_the_date_header_and_succeeds() {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(40));
        try (Clients clients = new Clients(settings -> settings.clock(ahead), regions);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            ec2.describeRegions();

            assertThat(clients.calls.of("DescribeRegions")).hasSize(1);
            assertThat(clients.calls.last().attempt()).isEqualTo(2);
        }
    }

    @Test
    void temporary_credentials_need_their_token_and_end_at_their_expiry() {
        Instant now = Instant.now();
        AccessKey fresh = AccessKey.temporary("ASIAFRESH", "secret", "token", now.plusSeconds(600));
        AccessKey ended = AccessKey.temporary("ASIAENDED", "secret", "token", now.minusSeconds(1));
        try (WireServer server = WireServer.builder(scope -> Optional.of(regions), id -> List.of(fresh, ended).stream()
                        .filter(key -> key.id().equals(id))
                        .findFirst())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .start()) {
            assertThat(codeOf(server, AwsSessionCredentials.create("ASIAFRESH", "secret", "token")))
                    .isEqualTo("none");
            assertThat(codeOf(server, AwsSessionCredentials.create("ASIAFRESH", "secret", "other")))
                    .isEqualTo("AuthFailure");
            assertThat(codeOf(server, AwsSessionCredentials.create("ASIAENDED", "secret", "token")))
                    .isEqualTo("ExpiredToken");
        }
    }

    @Test
    void the_servers_port_in_use_is_an_error_that_says_what_to_do() {
        try (Clients clients = new Clients(regions)) {
            int taken = clients.endpoint().getPort();
            assertThatThrownBy(() -> WireServer.builder(scope -> Optional.empty(), id -> Optional.empty())
                            .port(taken)
                            .start())
                    .isInstanceOf(PortTaken.class)
                    .hasMessage("The simulator cannot listen on 127.0.0.1:" + taken
                            + ", which another process may have: choose another port, or 0 for a free one.");
        }
    }

    private static String codeOfCall(Clients clients, String service, AwsBasicCredentials credentials) {
        return codeOf(
                switch (service) {
                    case "ec2" ->
                        () -> clients.client(Ec2Client.builder(), credentials).describeRegions();
                    case "sts" ->
                        () -> clients.client(StsClient.builder(), credentials).getCallerIdentity();
                    case "sns" ->
                        () -> clients.client(SnsClient.builder(), credentials).listTopics();
                    case "ssm" ->
                        () -> clients.client(SsmClient.builder(), credentials).listCommands();
                    case "lambda" ->
                        () -> clients.client(LambdaClient.builder(), credentials)
                                .listFunctions();
                    default ->
                        () -> clients.client(S3Client.builder().forcePathStyle(true), credentials)
                                .listBuckets();
                });
    }

    private static String codeOf(WireServer server, AwsSessionCredentials credentials) {
        try (Ec2Client ec2 = Ec2Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build()) {
            return codeOf(ec2::describeRegions);
        }
    }

    private static String codeOf(Runnable call) {
        try {
            call.run();
            return "none";
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
