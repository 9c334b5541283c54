package org.amibakery.simulator.s3;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Answers the four calls of a multipart upload. */
final class UploadCalls {
    private static final int MOST_PARTS = 10_000;
    private static final int SMALLEST_PART = 5 * 1024 * 1024;

    private final BucketAccess access;

    UploadCalls(BucketAccess access) {
        this.access = access;
    }

    CreateMultipartUploadResponse create(CreateMultipartUploadRequest request) {
        access.open(request.bucket());
        ObjectWrites.checkKey(request.key());
        ObjectContent.Description description = new ObjectContent.Description(
                request.contentType() == null ? ObjectContent.Description.NONE.contentType() : request.contentType(),
                Optional.ofNullable(request.contentEncoding()),
                request.metadata());
        Uploads.Target target = new Uploads.Target(request.bucket(), request.key());
        return CreateMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId(uploads().start(target, description))
                .checksumAlgorithm(request.checksumAlgorithm())
                .checksumType(request.checksumType())
                .build();
    }

    UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        access.open(request.bucket());
        Uploads.Upload upload = uploads().find(request.uploadId(), new Uploads.Target(request.bucket(), request.key()));
        if (request.partNumber() < 1 || request.partNumber() > MOST_PARTS) {
            throw S3Errors.invalidArgument("Part number must be an integer between 1 and 10000, inclusive");
        }
        byte[] bytes = ObjectWrites.bytesOf(body);
        Map<ChecksumKind, String> sent = ObjectWrites.checked(checksumsOf(request), bytes);
        Uploads.Part part =
                new Uploads.Part(request.partNumber(), SdkBytes.fromByteArrayUnsafe(bytes), Digests.quotedMd5(bytes));
        upload.add(part);
        return UploadPartResponse.builder()
                .eTag(part.etag())
                .checksumCRC32(sent.get(ChecksumKind.CRC32))
                .checksumCRC64NVME(sent.get(ChecksumKind.CRC64NVME))
                .checksumSHA256(sent.get(ChecksumKind.SHA256))
                .build();
    }

    CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
        Bucket bucket = access.open(request.bucket());
        Uploads.Upload upload = uploads().find(request.uploadId(), new Uploads.Target(request.bucket(), request.key()));
        List<byte[]> parts = partsOf(upload, request);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        StoredVersion version = bucket.put(
                request.key(),
                new ObjectContent(
                        SdkBytes.fromByteArrayUnsafe(whole.toByteArray()),
                        Digests.quotedMd5OfParts(parts),
                        upload.description(),
                        Map.of()));
        uploads().end(request.uploadId());
        CompleteMultipartUploadResponse.Builder response = CompleteMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .eTag(version.content().orElseThrow().etag());
        VersionIds.shown(bucket, version).ifPresent(response::versionId);
        return response.build();
    }

    AbortMultipartUploadResponse abort(AbortMultipartUploadRequest request) {
        access.open(request.bucket());
        uploads().find(request.uploadId(), new Uploads.Target(request.bucket(), request.key()));
        uploads().end(request.uploadId());
        return AbortMultipartUploadResponse.builder().build();
    }

    private static List<byte[]> partsOf(Uploads.Upload upload, CompleteMultipartUploadRequest request) {
        List<CompletedPart> named = request.multipartUpload() == null
                ? List.of()
                : request.multipartUpload().parts();
        if (named.isEmpty()) {
            throw SimulatorError.refused(
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        List<byte[]> parts = new ArrayList<>();
        int before = 0;
        for (CompletedPart part : named) {
            if (part.partNumber() <= before) {
                throw SimulatorError.refused(
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            before = part.partNumber();
            parts.add(received(upload, part));
        }
        refuseSmallParts(parts);
        return parts;
    }

    private static byte[] received(Uploads.Upload upload, CompletedPart part) {
        return upload.part(part.partNumber())
                .filter(received ->
                        received.etag().replace("\"", "").equals(part.eTag().replace("\"", "")))
                .map(received -> received.bytes().asByteArrayUnsafe())
                .orElseThrow(() -> SimulatorError.refused(
                        "InvalidPart",
                        "One or more of the specified parts could not be found. The part may not have been uploaded,"
                                + " or the specified entity tag may not match the part's entity tag."));
    }

    private static void refuseSmallParts(List<byte[]> parts) {
        if (parts.subList(0, parts.size() - 1).stream().anyMatch(part -> part.length < SMALLEST_PART)) {
            throw SimulatorError.refused(
                    "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }
    }

    private static Map<ChecksumKind, String> checksumsOf(UploadPartRequest request) {
        Map<ChecksumKind, String> sent = new EnumMap<>(ChecksumKind.class);
        Optional.ofNullable(request.checksumCRC32()).ifPresent(value -> sent.put(ChecksumKind.CRC32, value));
        Optional.ofNullable(request.checksumCRC64NVME()).ifPresent(value -> sent.put(ChecksumKind.CRC64NVME, value));
        Optional.ofNullable(request.checksumSHA256()).ifPresent(value -> sent.put(ChecksumKind.SHA256, value));
        return sent;
    }

    private Uploads uploads() {
        return access.buckets().uploads();
    }
}
