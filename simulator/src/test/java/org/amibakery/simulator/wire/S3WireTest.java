package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3WireTest {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<SdkPojo> seen = new ArrayList<>();
    private final Clients clients = new Clients(new Objects());
    private final S3Client s3 = clients.client(S3Client.builder().forcePathStyle(true));

    @AfterEach
    void closeAll() {
        s3.close();
        clients.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", "a/b+c", "ü/%2F/100%", "dots/../x", "slash/", "ä=&?#"})
    void keys_of_every_kind_arrive_as_they_were_sent(String key) {
        s3.putObject(request -> request.bucket("bucket").key(key), RequestBody.fromString("content of " + key));

        assertThat(objects).containsOnlyKeys("bucket:" + key);
        assertThat(s3.getObjectAsBytes(request -> request.bucket("bucket").key(key))
                        .asUtf8String())
                .isEqualTo("content of " + key);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000_000})
    void aws_chunked_bodies_are_decoded_and_their_checksum_checked(int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'x');

        s3.putObject(
                request -> request.bucket("bucket").key("k").metadata(Map.of("recipe", "web")),
                RequestBody.fromBytes(content));

        assertThat(objects.get("bucket:k")).isEqualTo(content);
        PutObjectRequest decoded = (PutObjectRequest) seen.get(0);
        assertThat(decoded.contentEncoding()).isNull();
        assertThat(decoded.checksumCRC32()).isNotBlank();
        assertThat(decoded.metadata()).containsEntry("recipe", "web");
    }

    @Test
    void a_body_that_is_not_what_its_checksum_says_is_refused() {
        assertThatThrownBy(() -> s3.putObject(
                        request -> request.bucket("bucket")
                                .key("k")
                                .contentMD5(Base64.getEncoder().encodeToString(new byte[16])),
                        RequestBody.fromString("x")))
                .hasMessageContaining("did not match the calculated checksum");
        assertThat(objects).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bytes=2-4, 234, bytes 2-4/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=-2, 89, bytes 8-9/10",
        "bytes=5-99, 56789, bytes 5-9/10"
    })
    void a_range_is_cut_out(String range, String expected, String contentRange) {
        objects.put("bucket:k", "0123456789".getBytes(UTF_8));

        ResponseBytes<GetObjectResponse> part =
                s3.getObjectAsBytes(request -> request.bucket("bucket").key("k").range(range));

        assertThat(part.asUtf8String()).isEqualTo(expected);
        assertThat(part.response().contentRange()).isEqualTo(contentRange);
        assertThat(part.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    }

    @Test
    void a_range_past_the_end_is_refused() {
        objects.put("bucket:k", "0123456789".getBytes(UTF_8));

        assertThatThrownBy(() -> s3.getObjectAsBytes(
                        request -> request.bucket("bucket").key("k").range("bytes=10-")))
                .hasMessageContaining("not satisfiable");
    }

    @Test
    void head_tells_the_length_without_a_body() {
        objects.put("bucket:k", "0123456789".getBytes(UTF_8));

        assertThat(s3.headObject(request -> request.bucket("bucket").key("k")).contentLength())
                .isEqualTo(10);
    }

    @Test
    void the_location_is_a_bare_element_and_empty_for_us_east_1() {
        assertThat(s3.getBucketLocation(request -> request.bucket("ireland")).locationConstraintAsString())
                .isEqualTo("eu-west-1");
        assertThat(s3.getBucketLocation(request -> request.bucket("virginia")).locationConstraintAsString())
                .isNullOrEmpty();
    }

    @Test
    void xml_bodies_with_flattened_lists_go_both_ways() {
        List<ObjectIdentifier> keys = List.of(
                ObjectIdentifier.builder().key("a & b").versionId("1").build(),
                ObjectIdentifier.builder().key("c").build());

        DeleteObjectsResponse answer = s3.deleteObjects(request ->
                request.bucket("bucket").delete(delete -> delete.objects(keys).quiet(false)));

        assertThat(((DeleteObjectsRequest) seen.get(0)).delete().objects()).isEqualTo(keys);
        assertThat(answer.deleted()).extracting(deleted -> deleted.key()).containsExactly("a & b", "c");
    }

    @Test
    void versions_are_listed_under_their_prefix() {
        ListObjectVersionsResponse versions =
                s3.listObjectVersions(request -> request.bucket("bucket").prefix("play books/"));

        assertThat(versions.versions()).extracting(ObjectVersion::versionId).containsExactly("v1", "v2");
        assertThat(versions.prefix()).isEqualTo("play books/");
    }

    @Test
    void a_presigned_url_works_until_it_expires() throws Exception {
        objects.put("bucket:play book.yml", "hosts: all".getBytes(UTF_8));
        URI good = presign("play book.yml", Clients.KEY.secret());
        URI forged = presign("play book.yml", "another-secret");

        assertThat(get(good).body()).isEqualTo("hosts: all");
        assertThat(get(forged).statusCode()).isEqualTo(403);
        assertThat(get(forged).body()).contains("SignatureDoesNotMatch");
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6));
        try (Clients tomorrow = new Clients(settings -> settings.clock(later), new Objects())) {
            URI moved = URI.create(good.toString()
                    .replace(
                            clients.endpoint().getAuthority(),
                            tomorrow.endpoint().getAuthority()));
            assertThat(get(moved).statusCode()).isEqualTo(403);
            assertThat(get(moved).body()).contains("Request has expired");
        }
    }

    @Test
    void a_version_2_presigned_url_works_as_the_aws_cli_makes_them() throws Exception {
        objects.put("bucket:k", "content".getBytes(UTF_8));
        long expires = Instant.now().plusSeconds(60).getEpochSecond();
        byte[] signature =
                Hashes.hmac("HmacSHA1", Clients.KEY.secret().getBytes(UTF_8), "GET\n\n\n" + expires + "\n/bucket/k");
        String query = "?AWSAccessKeyId=%s&Expires=%d&Signature=%s"
                .formatted(
                        Clients.KEY.id(),
                        expires,
                        Percent.encode(Base64.getEncoder().encodeToString(signature)));

        assertThat(get(URI.create(clients.endpoint() + "/bucket/k" + query)).body())
                .isEqualTo("content");
        assertThat(get(URI.create(clients.endpoint() + "/bucket/other" + query)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_fault_ends_the_connection_as_it_says() throws Exception {
        objects.put("bucket:k", "0123456789".getBytes(UTF_8));
        FaultTrigger gets = clients.faults.on("GetObject");
        gets.atCall(1).afterCommit(FaultEffect.close());
        gets.atCall(2).afterCommit(FaultEffect.reset());
        gets.atCall(3).afterCommit(FaultEffect.halfAnswer());

        assertThat(rawAnswer()).isEmpty();
        assertThatThrownBy(this::rawAnswer).isInstanceOf(SocketException.class).hasMessage("Connection reset");
        assertThat(rawAnswer()).contains("Content-Length: 10").endsWith("\r\n\r\n01234");
        assertThat(rawAnswer()).endsWith("0123456789");
    }

    /** Reads what comes back until the connection ends. */
    private String rawAnswer() throws Exception {
        URI uri = presign("k", Clients.KEY.secret());
        String head = "GET %s?%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(head.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private URI presign(String key, String secret) throws Exception {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(clients.endpoint())
                .region(Region.EU_WEST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(Clients.KEY.id(), secret)))
                .build()) {
            return presigner
                    .presignGetObject(request -> request.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(get -> get.bucket("bucket").key(key)))
                    .url()
                    .toURI();
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Keeps objects in memory and answers what the tests look at. */
    private final class Objects extends SilentS3 {
        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            seen.add(request);
            try {
                byte[] content = body.contentStreamProvider().newStream().readAllBytes();
                objects.put(request.bucket() + ":" + request.key(), content);
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
            return PutObjectResponse.builder().eTag("\"etag\"").build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            byte[] content = objects.get(request.bucket() + ":" + request.key());
            GetObjectResponse response = GetObjectResponse.builder()
                    .contentLength((long) content.length)
                    .build();
            try {
                return transformer.transform(response, AbortableInputStream.create(new ByteArrayInputStream(content)));
            } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            byte[] content = objects.get(request.bucket() + ":" + request.key());
            return HeadObjectResponse.builder()
                    .contentLength((long) content.length)
                    .build();
        }

        @Override
        public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
            GetBucketLocationResponse.Builder location = GetBucketLocationResponse.builder();
            return (request.bucket().equals("ireland") ? location.locationConstraint("eu-west-1") : location).build();
        }

        @Override
        public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
            seen.add(request);
            return DeleteObjectsResponse.builder()
                    .deleted(request.delete().objects().stream()
                            .map(key -> DeletedObject.builder().key(key.key()).build())
                            .toList())
                    .build();
        }

        @Override
        public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
            return ListObjectVersionsResponse.builder()
                    .name(request.bucket())
                    .prefix(request.prefix())
                    .versions(
                            ObjectVersion.builder().key("a").versionId("v1").build(),
                            ObjectVersion.builder().key("a").versionId("v2").build())
                    .build();
        }
    }
}
