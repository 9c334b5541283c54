package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;

/** Holds what S3 does and the SDK's metadata does not say. */
final class S3Habits {
    static final String NAMESPACE = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private static final Map<String, String> ROOTS = Map.ofEntries(
            Map.entry("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
            Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
            Map.entry("DeleteObjects", "DeleteResult"),
            Map.entry("GetBucketAcl", "AccessControlPolicy"),
            Map.entry("GetBucketTagging", "Tagging"),
            Map.entry("GetBucketVersioning", "VersioningConfiguration"),
            Map.entry("GetObjectAcl", "AccessControlPolicy"),
            Map.entry("GetObjectTagging", "Tagging"),
            Map.entry("ListBuckets", "ListAllMyBucketsResult"),
            Map.entry("ListObjectVersions", "ListVersionsResult"),
            Map.entry("ListObjects", "ListBucketResult"),
            Map.entry("ListObjectsV2", "ListBucketResult"));

    private S3Habits() {}

    /** Tells the root element's name of an answer; clients ignore it, people reading a trace do not. */
    static String rootOf(Operation operation) {
        return ROOTS.getOrDefault(operation.name(), operation.name() + "Result");
    }

    /** GetBucketLocation answers one bare element, which the SDK models as a raw string. */
    static boolean isBareElement(SdkField<?> payload) {
        return payload.memberName().equals("LocationConstraint");
    }

    /** GetBucketLocation answers an empty element for us-east-1; other operations answer no body. */
    static byte[] emptyPayload(Operation operation) {
        String body = operation.name().equals("GetBucketLocation") ? "<LocationConstraint " + NAMESPACE + "/>" : "";
        return body.getBytes(UTF_8);
    }

    /** Adds S3's request ids, its statuses 204 and 206, and cuts the range out of an object. */
    static WireAnswer apply(DecodedCall call, WireAnswer answer, String requestId) {
        WireAnswer identified = answer.with("x-amz-request-id", requestId).with("x-amz-id-2", requestId + "/simulated");
        String operation = call.operation().name();
        if (call.http().method().equals("DELETE")) {
            return identified.withStatus(204);
        }
        if (!operation.equals("GetObject")) {
            return identified;
        }
        if (answer.headers().has("Content-Range")) {
            return identified.withStatus(206);
        }
        Optional<String> range = call.http().headers().first("Range");
        return range.map(text -> cut(identified, text)).orElse(identified);
    }

    /** RFC 9110: a range of another form is ignored; one past the end is refused. */
    private static WireAnswer cut(WireAnswer answer, String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || range.equals("bytes=-")) {
            return answer;
        }
        int length = answer.body().length;
        boolean suffix = matcher.group(1).isEmpty();
        long first = suffix ? Math.max(0, length - Long.parseLong(matcher.group(2))) : Long.parseLong(matcher.group(1));
        long last = suffix || matcher.group(2).isEmpty() ? length - 1L : Long.parseLong(matcher.group(2));
        if (first >= length) {
            throw SimulatorError.of(416, "InvalidRange", "The requested range is not satisfiable");
        }
        int end = (int) Math.min(last + 1, length);
        return answer.withStatus(206)
                .withBody(Arrays.copyOfRange(answer.body(), (int) first, end))
                .with("Content-Length", Long.toString(end - first))
                .with("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, length));
    }
}
