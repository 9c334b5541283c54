package org.amibakery.simulator.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/** Answers CopyObject: a version of one key becomes the newest version of another. */
final class ObjectCopies {
    private static final String VERSION_PARAMETER = "?versionId=";

    private final BucketAccess access;

    ObjectCopies(BucketAccess access) {
        this.access = access;
    }

    CopyObjectResponse copy(CopyObjectRequest request) {
        Source source = sourceOf(request);
        StoredVersion from = access.read(source.bucket(), source.key(), source.versionId());
        Bucket target = access.open(request.destinationBucket());
        ObjectWrites.checkKey(request.destinationKey());
        ObjectContent content = from.content().orElseThrow();
        boolean replaced = request.metadataDirective() == MetadataDirective.REPLACE;
        boolean ontoItself = source.bucket().equals(request.destinationBucket())
                && source.key().equals(request.destinationKey())
                && source.versionId().isEmpty();
        if (ontoItself && !replaced) {
            throw SimulatorError.refused(
                    "InvalidRequest",
                    "This copy request is illegal because it is trying to copy an object to itself without changing"
                            + " the object's metadata, storage class, website redirect location or encryption"
                            + " attributes.");
        }
        ObjectContent.Description description = replaced ? newDescription(request) : content.description();
        StoredVersion made = target.put(
                request.destinationKey(), ObjectContent.whole(content.bytes(), description, content.checksums()));
        CopyObjectResponse.Builder response = CopyObjectResponse.builder().copyObjectResult(resultOf(made));
        VersionIds.shown(target, made).ifPresent(response::versionId);
        VersionIds.shown(access.open(source.bucket()), from).ifPresent(response::copySourceVersionId);
        return response.build();
    }

    private static CopyObjectResult resultOf(StoredVersion made) {
        ObjectContent content = made.content().orElseThrow();
        CopyObjectResult.Builder result =
                CopyObjectResult.builder().eTag(content.etag()).lastModified(made.lastModified());
        content.checksum(ChecksumKind.SHA256).ifPresent(result::checksumSHA256);
        content.checksum(ChecksumKind.CRC32).ifPresent(result::checksumCRC32);
        return result.build();
    }

    private static ObjectContent.Description newDescription(CopyObjectRequest request) {
        return new ObjectContent.Description(
                request.contentType() == null ? ObjectContent.Description.NONE.contentType() : request.contentType(),
                Optional.ofNullable(request.contentEncoding()),
                request.metadata());
    }

    /** Names what is copied. */
    private record Source(String bucket, String key, Optional<String> versionId) {}

    /** Reads what to copy from the header that came over the wire, or from the parts an in-process caller set. */
    @SuppressWarnings("deprecation") // the header itself has no other accessor
    private static Source sourceOf(CopyObjectRequest request) {
        if (request.copySource() != null) {
            return parse(request.copySource());
        }
        if (request.sourceBucket() == null || request.sourceKey() == null) {
            throw unreadableSource();
        }
        return new Source(request.sourceBucket(), request.sourceKey(), Optional.ofNullable(request.sourceVersionId()));
    }

    /** Reads x-amz-copy-source: an optional slash, the bucket, a slash, the URL-encoded key, optionally a version. */
    private static Source parse(String header) {
        int parameter = header.indexOf(VERSION_PARAMETER);
        Optional<String> versionId = parameter < 0
                ? Optional.empty()
                : Optional.of(header.substring(parameter + VERSION_PARAMETER.length()));
        String path = URLDecoder.decode(
                (parameter < 0 ? header : header.substring(0, parameter)).replace("+", "%2B"), StandardCharsets.UTF_8);
        String name = path.startsWith("/") ? path.substring(1) : path;
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            throw unreadableSource();
        }
        return new Source(name.substring(0, slash), name.substring(slash + 1), versionId);
    }

    private static SimulatorError unreadableSource() {
        return S3Errors.invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
}
