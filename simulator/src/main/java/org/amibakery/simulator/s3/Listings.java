package org.amibakery.simulator.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.ObjectVersionStorageClass;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Answers ListObjectsV2 and ListObjectVersions, at most 1,000 entries a page. */
final class Listings {
    private static final int LARGEST_PAGE = 1000;

    private final BucketAccess access;

    Listings(BucketAccess access) {
        this.access = access;
    }

    ListObjectsV2Response objects(ListObjectsV2Request request) {
        Bucket bucket = access.open(request.bucket());
        String prefix = orEmpty(request.prefix());
        String after = request.continuationToken() == null
                ? orEmpty(request.startAfter())
                : decodeToken(request.continuationToken());
        List<StoredVersion> matching = bucket.objects().stream()
                .filter(version -> version.key().startsWith(prefix))
                .filter(version -> version.key().compareTo(after) > 0)
                .filter(version -> after.isEmpty() || !isUnder(version.key(), after, orEmpty(request.delimiter())))
                .toList();
        Grouping grouping = new Grouping(prefix, orEmpty(request.delimiter()));
        Page page = Page.of(matching, grouping, pageSize(request.maxKeys()));
        Keys keys = new Keys(request.encodingType() == EncodingType.URL);
        ListObjectsV2Response.Builder response = ListObjectsV2Response.builder()
                .name(bucket.name())
                .prefix(keys.shown(prefix))
                .maxKeys(pageSize(request.maxKeys()))
                .keyCount(page.versions().size() + page.prefixes().size())
                .contents(page.versions().stream()
                        .map(version -> objectOf(version, keys))
                        .toList())
                .isTruncated(page.next().isPresent())
                .continuationToken(request.continuationToken())
                .startAfter(request.startAfter())
                .delimiter(request.delimiter())
                .encodingType(request.encodingType());
        if (!page.prefixes().isEmpty()) {
            response.commonPrefixes(prefixesOf(page, keys));
        }
        page.next().ifPresent(last -> response.nextContinuationToken(encodeToken(last.marker())));
        return response.build();
    }

    ListObjectVersionsResponse versions(ListObjectVersionsRequest request) {
        Bucket bucket = access.open(request.bucket());
        String prefix = orEmpty(request.prefix());
        List<StoredVersion> matching = after(bucket.allVersions(), request).stream()
                .filter(version -> version.key().startsWith(prefix))
                .toList();
        Grouping grouping = new Grouping(prefix, orEmpty(request.delimiter()));
        Page page = Page.of(matching, grouping, pageSize(request.maxKeys()));
        Keys keys = new Keys(request.encodingType() == EncodingType.URL);
        ListObjectVersionsResponse.Builder response = ListObjectVersionsResponse.builder()
                .name(bucket.name())
                .prefix(keys.shown(prefix))
                .keyMarker(request.keyMarker())
                .versionIdMarker(request.versionIdMarker())
                .maxKeys(pageSize(request.maxKeys()))
                .delimiter(request.delimiter())
                .encodingType(request.encodingType())
                .isTruncated(page.next().isPresent())
                .versions(page.versions().stream()
                        .filter(version -> !version.isDeleteMarker())
                        .map(version -> versionOf(bucket, version, keys))
                        .toList())
                .deleteMarkers(page.versions().stream()
                        .filter(StoredVersion::isDeleteMarker)
                        .map(version -> markerOf(bucket, version, keys))
                        .toList());
        if (!page.prefixes().isEmpty()) {
            response.commonPrefixes(prefixesOf(page, keys));
        }
        page.next().ifPresent(last -> {
            response.nextKeyMarker(keys.shown(last.marker()));
            last.versionId().ifPresent(response::nextVersionIdMarker);
        });
        return response.build();
    }

    /** Skips what the markers name: with a version id the listing goes on inside the same key. */
    private static List<StoredVersion> after(List<StoredVersion> all, ListObjectVersionsRequest request) {
        String marker = orEmpty(request.keyMarker());
        String delimiter = orEmpty(request.delimiter());
        if (orEmpty(request.versionIdMarker()).isEmpty()) {
            return all.stream()
                    .filter(version -> version.key().compareTo(marker) > 0)
                    .filter(version -> marker.isEmpty() || !isUnder(version.key(), marker, delimiter))
                    .toList();
        }
        if (marker.isEmpty()) {
            throw S3Errors.invalidArgument("A version-id marker cannot be specified without a key marker.");
        }
        List<StoredVersion> rest = new ArrayList<>();
        boolean passed = false;
        for (StoredVersion version : all) {
            boolean sameKey = version.key().equals(marker);
            if (version.key().compareTo(marker) > 0 || (sameKey && passed)) {
                rest.add(version);
            }
            passed |= sameKey && version.hasId(request.versionIdMarker());
        }
        return rest;
    }

    /** Answers whether a key belongs to the common prefix at which the page before ended. */
    private static boolean isUnder(String key, String marker, String delimiter) {
        return !delimiter.isEmpty() && marker.endsWith(delimiter) && key.startsWith(marker);
    }

    private static S3Object objectOf(StoredVersion version, Keys keys) {
        ObjectContent content = version.content().orElseThrow();
        return S3Object.builder()
                .key(keys.shown(version.key()))
                .eTag(content.etag())
                .size((long) content.length())
                .lastModified(version.lastModified())
                .storageClass("STANDARD")
                .build();
    }

    private static ObjectVersion versionOf(Bucket bucket, StoredVersion version, Keys keys) {
        ObjectContent content = version.content().orElseThrow();
        return ObjectVersion.builder()
                .key(keys.shown(version.key()))
                .versionId(version.versionId())
                .isLatest(isLatest(bucket, version))
                .eTag(content.etag())
                .size((long) content.length())
                .lastModified(version.lastModified())
                .storageClass(ObjectVersionStorageClass.STANDARD)
                .build();
    }

    private static DeleteMarkerEntry markerOf(Bucket bucket, StoredVersion version, Keys keys) {
        return DeleteMarkerEntry.builder()
                .key(keys.shown(version.key()))
                .versionId(version.versionId())
                .isLatest(isLatest(bucket, version))
                .lastModified(version.lastModified())
                .build();
    }

    private static boolean isLatest(Bucket bucket, StoredVersion version) {
        return bucket.newest(version.key()).equals(Optional.of(version));
    }

    private static List<CommonPrefix> prefixesOf(Page page, Keys keys) {
        return page.prefixes().stream()
                .map(prefix -> CommonPrefix.builder().prefix(keys.shown(prefix)).build())
                .toList();
    }

    private static int pageSize(Integer asked) {
        if (asked != null && asked < 0) {
            throw S3Errors.invalidArgument("Argument max-keys must be an integer between 0 and 2147483647");
        }
        return asked == null ? LARGEST_PAGE : Math.min(asked, LARGEST_PAGE);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String encodeToken(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decodeToken(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw S3Errors.invalidArgument("The continuation token provided is incorrect");
        }
    }

    /** Writes keys as the caller asked: as they are, or URL-encoded so that XML can carry any character. */
    private record Keys(boolean encoded) {
        String shown(String key) {
            return encoded
                    ? URLEncoder.encode(key, StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%2F", "/")
                    : key;
        }
    }

    /** Says which keys are shown as one common prefix. */
    private record Grouping(String prefix, String delimiter) {
        Optional<String> groupOf(String key) {
            int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
        }
    }

    /** Names the last entry of a page that has a successor. */
    private record Last(String marker, Optional<String> versionId) {}

    /** Holds one page of a listing. */
    private record Page(List<StoredVersion> versions, Set<String> prefixes, Optional<Last> next) {
        static Page of(List<StoredVersion> matching, Grouping grouping, int size) {
            List<StoredVersion> versions = new ArrayList<>();
            Set<String> prefixes = new LinkedHashSet<>();
            Optional<Last> last = Optional.empty();
            for (StoredVersion version : matching) {
                Optional<String> group = grouping.groupOf(version.key());
                if (group.isPresent() && prefixes.contains(group.get())) {
                    continue;
                }
                if (versions.size() + prefixes.size() == size) {
                    return new Page(versions, prefixes, size == 0 ? Optional.empty() : last);
                }
                group.ifPresentOrElse(prefixes::add, () -> versions.add(version));
                last = Optional.of(group.map(name -> new Last(name, Optional.empty()))
                        .orElseGet(() -> new Last(version.key(), Optional.of(version.versionId()))));
            }
            return new Page(versions, prefixes, Optional.empty());
        }
    }
}
