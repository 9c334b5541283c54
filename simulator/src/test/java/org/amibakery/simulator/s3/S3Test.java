package org.amibakery.simulator.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.MovableClock;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3Test {
    private static final String BUCKET = "playbooks-bucket";
    private static final Place HERE = new Place("111122223333", "us-east-1");

    private final MovableClock clock = new MovableClock();
    private final Buckets buckets = new Buckets(SimulatorClock.on(clock), new Random(1));
    private final S3Client s3 = buckets.clientFor(HERE);

    @BeforeEach
    void a_versioned_bucket_exists() {
        s3.createBucket(request -> request.bucket(BUCKET));
        s3.putBucketVersioning(request ->
                request.bucket(BUCKET).versioningConfiguration(it -> it.status(BucketVersioningStatus.ENABLED)));
    }

    @Test
    void reads_back_what_was_written_with_its_md5_as_etag() {
        put("a.txt", "hello");

        ResponseBytes<GetObjectResponse> read = get("a.txt");

        assertThat(read.asUtf8String()).isEqualTo("hello");
        assertThat(read.response().eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(read.response().contentType()).isEqualTo("binary/octet-stream");
    }

    @Test
    void keeps_every_version_under_its_id() {
        String first = put("a.txt", "one");
        String second = put("a.txt", "two");

        assertThat(first).isNotEqualTo(second);
        assertThat(get("a.txt").asUtf8String()).isEqualTo("two");
        assertThat(getVersion("a.txt", first).asUtf8String()).isEqualTo("one");
    }

    @Test
    void replaces_the_object_where_versioning_was_never_enabled() {
        s3.createBucket(request -> request.bucket("plain-bucket"));

        buckets.deliver("plain-bucket", "k", "one".getBytes(UTF_8));
        buckets.deliver("plain-bucket", "k", "two".getBytes(UTF_8));

        ListObjectVersionsResponse listed = s3.listObjectVersions(request -> request.bucket("plain-bucket"));
        assertThat(listed.versions()).extracting(ObjectVersion::versionId).containsExactly("null");
    }

    @Test
    void hides_a_deleted_object_behind_a_marker_and_keeps_its_versions() {
        String version = put("a.txt", "one");

        String marker =
                s3.deleteObject(request -> request.bucket(BUCKET).key("a.txt")).versionId();

        assertRefused(() -> get("a.txt"), 404, "NoSuchKey", "The specified key does not exist.");
        assertThat(getVersion("a.txt", version).asUtf8String()).isEqualTo("one");
        assertRefused(
                () -> getVersion("a.txt", marker),
                405,
                "MethodNotAllowed",
                "The specified method is not allowed against this resource.");
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET)).contents())
                .isEmpty();
    }

    @Test
    void brings_an_object_back_when_its_delete_marker_is_deleted() {
        put("a.txt", "one");
        String marker =
                s3.deleteObject(request -> request.bucket(BUCKET).key("a.txt")).versionId();

        s3.deleteObject(request -> request.bucket(BUCKET).key("a.txt").versionId(marker));

        assertThat(get("a.txt").asUtf8String()).isEqualTo("one");
    }

    @Test
    void tells_an_unknown_version_from_a_malformed_one() {
        put("a.txt", "one");

        assertRefused(
                () -> getVersion("a.txt", "A".repeat(32)),
                404,
                "NoSuchVersion",
                "The specified version does not exist.");
        assertRefused(() -> getVersion("a.txt", "7"), 400, "InvalidArgument", "Invalid version id specified");
    }

    @Test
    void refuses_unknown_buckets() {
        assertRefused(
                () -> s3.listObjectsV2(request -> request.bucket("no-such-bucket")),
                404,
                "NoSuchBucket",
                "The specified bucket does not exist");
    }

    @Test
    void refuses_foreign_buckets_and_redirects_to_distant_ones() {
        S3Client foreign = buckets.clientFor(new Place("999988887777", "us-east-1"));
        S3Client distant = buckets.clientFor(new Place(HERE.account(), "eu-west-1"));

        assertRefused(() -> foreign.listObjectsV2(it -> it.bucket(BUCKET)), 403, "AccessDenied", "Access Denied");
        assertThatThrownBy(() -> distant.headBucket(it -> it.bucket(BUCKET)))
                .asInstanceOf(type(SimulatorError.class))
                .returns("PermanentRedirect", SimulatorError::code)
                .satisfies(error -> assertThat(error.members()).containsEntry("Region", "us-east-1"));
    }

    @ParameterizedTest(name = "{0} of \"0123456789\" is {1}")
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=-2, 89, bytes 8-9/10",
        "bytes=8-99999999999, 89, bytes 8-9/10"
    })
    void answers_a_part_of_an_object(String range, String expected, String header) {
        put("digits", "0123456789");

        ResponseBytes<GetObjectResponse> read =
                s3.getObject(it -> it.bucket(BUCKET).key("digits").range(range), ResponseTransformer.toBytes());

        assertThat(read.asUtf8String()).isEqualTo(expected);
        assertThat(read.response().contentRange()).isEqualTo(header);
    }

    @Test
    void refuses_a_range_beyond_the_end() {
        put("digits", "0123456789");

        assertRefused(
                () -> s3.getObject(
                        it -> it.bucket(BUCKET).key("digits").range("bytes=10-"), ResponseTransformer.toBytes()),
                416,
                "InvalidRange",
                "The requested range is not satisfiable");
    }

    @Test
    void keeps_a_sha_256_that_was_sent_and_shows_it_when_asked() {
        String sha256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
        s3.putObject(it -> it.bucket(BUCKET).key("a").checksumSHA256(sha256), RequestBody.fromString("hello"));

        HeadObjectResponse asked =
                s3.headObject(it -> it.bucket(BUCKET).key("a").checksumMode(ChecksumMode.ENABLED));
        HeadObjectResponse unasked = s3.headObject(it -> it.bucket(BUCKET).key("a"));

        assertThat(asked.checksumSHA256()).isEqualTo(sha256);
        assertThat(unasked.checksumSHA256()).isNull();
    }

    @Test
    void refuses_bytes_that_do_not_fit_their_checksum_and_stores_nothing() {
        String otherSha256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

        assertRefused(
                () -> s3.putObject(
                        it -> it.bucket(BUCKET).key("a").checksumSHA256(otherSha256), RequestBody.fromString("bye")),
                400,
                "BadDigest",
                "The SHA256 you specified did not match the calculated checksum.");
        assertRefused(() -> get("a"), 404, "NoSuchKey", "The specified key does not exist.");
    }

    @Test
    void refuses_to_overwrite_when_asked_to_create_only() {
        put("lock", "mine");

        assertRefused(
                () -> s3.putObject(it -> it.bucket(BUCKET).key("lock").ifNoneMatch("*"), RequestBody.fromString("x")),
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold");
    }

    @Test
    void keeps_metadata_and_content_type() {
        s3.putObject(
                it -> it.bucket(BUCKET).key("a").contentType("text/plain").metadata(Map.of("digest", "abc")),
                RequestBody.fromString("x"));

        HeadObjectResponse head = s3.headObject(it -> it.bucket(BUCKET).key("a"));

        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).containsEntry("digest", "abc");
    }

    @Test
    void lists_objects_by_key_page_by_page_through_the_paginator() {
        for (int number = 0; number < 5; number++) {
            put("web/" + number, "x");
        }
        put("other", "x");

        assertThat(s3
                        .listObjectsV2Paginator(
                                it -> it.bucket(BUCKET).prefix("web/").maxKeys(2))
                        .stream()
                        .map(page -> page.contents().stream().map(S3Object::key).toList()))
                .hasSize(3)
                .flatMap(keys -> keys)
                .containsExactly("web/0", "web/1", "web/2", "web/3", "web/4");
    }

    @Test
    void groups_keys_under_common_prefixes() {
        put("a/1", "x");
        put("a/2", "x");
        put("b", "x");

        ListObjectsV2Response first =
                s3.listObjectsV2(it -> it.bucket(BUCKET).delimiter("/").maxKeys(1));
        ListObjectsV2Response second = s3.listObjectsV2(
                it -> it.bucket(BUCKET).delimiter("/").maxKeys(1).continuationToken(first.nextContinuationToken()));

        assertThat(first.commonPrefixes()).extracting(it -> it.prefix()).containsExactly("a/");
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("b");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void lists_versions_newest_first_and_goes_on_inside_a_key() {
        String first = put("a", "1");
        clock.passes(Duration.ofSeconds(1));
        String second = put("a", "2");
        String other = put("b", "1");

        assertThat(s3.listObjectVersionsPaginator(it -> it.bucket(BUCKET).maxKeys(1)).versions().stream()
                        .map(ObjectVersion::versionId))
                .containsExactly(second, first, other);
        assertThat(s3.listObjectVersions(it -> it.bucket(BUCKET)).versions())
                .extracting(ObjectVersion::isLatest)
                .containsExactly(true, false, true);
    }

    @Test
    void deletes_many_at_once_and_reports_the_bad_entry_beside_the_others() {
        put("a", "1");

        DeleteObjectsResponse answer = s3.deleteObjects(it -> it.bucket(BUCKET)
                .delete(all -> all.objects(List.of(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder()
                                .key("b")
                                .versionId("malformed")
                                .build()))));

        assertThat(answer.deleted()).extracting(it -> it.key()).containsExactly("a");
        assertThat(answer.errors())
                .extracting(it -> it.key(), it -> it.code())
                .containsExactly(tuple("b", "InvalidArgument"));
    }

    @Test
    void copies_a_named_version() {
        String first = put("a", "1");
        put("a", "2");

        s3.copyObject(it -> it.sourceBucket(BUCKET)
                .sourceKey("a")
                .sourceVersionId(first)
                .destinationBucket(BUCKET)
                .destinationKey("copy"));

        assertThat(get("copy").asUtf8String()).isEqualTo("1");
    }

    @Test
    void deletes_only_empty_buckets() {
        put("a", "1");

        assertRefused(
                () -> s3.deleteBucket(it -> it.bucket(BUCKET)),
                409,
                "BucketNotEmpty",
                "The bucket you tried to delete is not empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Upper-Case", "192.168.0.1", "-dash", "two..dots"})
    void refuses_bad_bucket_names(String name) {
        assertRefused(
                () -> s3.createBucket(it -> it.bucket(name)),
                400,
                "InvalidBucketName",
                "The specified bucket is not valid.");
    }

    @Test
    void shows_no_location_for_the_first_region_and_the_region_elsewhere() {
        S3Client ireland = buckets.clientFor(new Place(HERE.account(), "eu-west-1"));
        ireland.createBucket(CreateBucketRequest.builder()
                .bucket("irish-bucket")
                .createBucketConfiguration(it -> it.locationConstraint("eu-west-1"))
                .build());

        assertThat(s3.getBucketLocation(it -> it.bucket(BUCKET)).locationConstraintAsString())
                .isNull();
        assertThat(s3.getBucketLocation(it -> it.bucket("irish-bucket")).locationConstraintAsString())
                .isEqualTo("eu-west-1");
    }

    @Test
    void requires_the_location_to_be_the_region_of_the_endpoint() {
        S3Client ireland = buckets.clientFor(new Place(HERE.account(), "eu-west-1"));

        assertRefused(
                () -> ireland.createBucket(it -> it.bucket("irish-bucket")),
                400,
                "IllegalLocationConstraintException",
                "The unspecified location constraint is incompatible for the region specific endpoint this request was"
                        + " sent to.");
    }

    private String put(String key, String text) {
        return s3.putObject(it -> it.bucket(BUCKET).key(key), RequestBody.fromString(text))
                .versionId();
    }

    private ResponseBytes<GetObjectResponse> get(String key) {
        return s3.getObject(it -> it.bucket(BUCKET).key(key), ResponseTransformer.toBytes());
    }

    private ResponseBytes<GetObjectResponse> getVersion(String key, String versionId) {
        return s3.getObject(it -> it.bucket(BUCKET).key(key).versionId(versionId), ResponseTransformer.toBytes());
    }

    private static void assertRefused(ThrowingCallable call, int status, String code, String message) {
        AbstractThrowableAssert<?, ?> failure = assertThatThrownBy(call).hasMessage(message);
        failure.asInstanceOf(type(SimulatorError.class))
                .returns(code, SimulatorError::code)
                .returns(status, SimulatorError::status);
    }
}
