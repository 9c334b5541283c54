package org.amibakery.simulator.s3;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Answers GetObject and HeadObject. */
final class ObjectReads {
    private final BucketAccess access;

    ObjectReads(BucketAccess access) {
        this.access = access;
    }

    /** Holds the head of an answer and the bytes that follow it. */
    record Answer(GetObjectResponse head, SdkBytes body) {}

    Answer get(GetObjectRequest request) {
        StoredVersion version = access.read(request.bucket(), request.key(), Optional.ofNullable(request.versionId()));
        ObjectContent content = version.content().orElseThrow();
        checkConditions(content, Optional.ofNullable(request.ifMatch()), Optional.ofNullable(request.ifNoneMatch()));
        Optional<ByteRange> range =
                Optional.ofNullable(request.range()).flatMap(text -> ByteRange.parse(text, content.length()));
        SdkBytes body = range.map(content::slice).orElse(content.bytes());
        GetObjectResponse.Builder head = GetObjectResponse.builder()
                .contentLength((long) body.asByteArrayUnsafe().length)
                .acceptRanges("bytes")
                .eTag(content.etag())
                .lastModified(version.lastModified().truncatedTo(ChronoUnit.SECONDS))
                .contentType(content.description().contentType())
                .metadata(content.description().metadata());
        content.description().contentEncoding().ifPresent(head::contentEncoding);
        VersionIds.shown(access.open(request.bucket()), version).ifPresent(head::versionId);
        if (range.isPresent()) {
            head.contentRange(range.get().header(content.length()));
        } else if (request.checksumMode() == ChecksumMode.ENABLED) {
            showChecksums(content, head);
        }
        return new Answer(head.build(), body);
    }

    HeadObjectResponse head(HeadObjectRequest request) {
        StoredVersion version = access.read(request.bucket(), request.key(), Optional.ofNullable(request.versionId()));
        ObjectContent content = version.content().orElseThrow();
        checkConditions(content, Optional.ofNullable(request.ifMatch()), Optional.ofNullable(request.ifNoneMatch()));
        HeadObjectResponse.Builder head = HeadObjectResponse.builder()
                .contentLength((long) content.length())
                .acceptRanges("bytes")
                .eTag(content.etag())
                .lastModified(version.lastModified().truncatedTo(ChronoUnit.SECONDS))
                .contentType(content.description().contentType())
                .metadata(content.description().metadata());
        content.description().contentEncoding().ifPresent(head::contentEncoding);
        VersionIds.shown(access.open(request.bucket()), version).ifPresent(head::versionId);
        if (request.checksumMode() == ChecksumMode.ENABLED) {
            content.checksum(ChecksumKind.CRC32).ifPresent(head::checksumCRC32);
            content.checksum(ChecksumKind.CRC32C).ifPresent(head::checksumCRC32C);
            content.checksum(ChecksumKind.CRC64NVME).ifPresent(head::checksumCRC64NVME);
            content.checksum(ChecksumKind.SHA1).ifPresent(head::checksumSHA1);
            content.checksum(ChecksumKind.SHA256).ifPresent(head::checksumSHA256);
        }
        return head.build();
    }

    private static void showChecksums(ObjectContent content, GetObjectResponse.Builder head) {
        content.checksum(ChecksumKind.CRC32).ifPresent(head::checksumCRC32);
        content.checksum(ChecksumKind.CRC32C).ifPresent(head::checksumCRC32C);
        content.checksum(ChecksumKind.CRC64NVME).ifPresent(head::checksumCRC64NVME);
        content.checksum(ChecksumKind.SHA1).ifPresent(head::checksumSHA1);
        content.checksum(ChecksumKind.SHA256).ifPresent(head::checksumSHA256);
    }

    private static void checkConditions(ObjectContent content, Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        if (ifMatch.isPresent() && !ifMatch.get().equals("*") && !sameTag(content, ifMatch.get())) {
            throw S3Errors.preconditionFailed();
        }
        if (ifNoneMatch.isPresent() && (ifNoneMatch.get().equals("*") || sameTag(content, ifNoneMatch.get()))) {
            throw SimulatorError.of(304, "NotModified", "Not Modified");
        }
    }

    private static boolean sameTag(ObjectContent content, String tag) {
        return content.etag().replace("\"", "").equals(tag.replace("\"", ""));
    }
}
