package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes aws-chunked bodies, which S3 clients send in place of plain ones, and checks each chunk's signature. */
final class ChunkedBody {
    private static final Pattern SIZE_LINE = Pattern.compile("([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?");
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final SigV4 signer;
    private final byte[] body;
    private final boolean signed;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private String previous;
    private int at;

    private ChunkedBody(WireRequest request, SigV4 signer, String seed) {
        this.signer = signer;
        this.body = request.body();
        this.previous = seed;
        this.signed = contentHash(request).startsWith("STREAMING-AWS4");
    }

    static boolean isChunked(WireRequest request) {
        return contentHash(request).startsWith("STREAMING-");
    }

    /**
     * Decodes the body; trailing headers, such as the checksum, become headers.
     *
     * @param seed the request's own signature, which the first chunk's builds upon
     * @throws SimulatorError when a chunk is malformed or its signature wrong
     */
    static WireRequest decode(WireRequest request, SigV4 signer, String seed) {
        ChunkedBody chunked = new ChunkedBody(request, signer, seed);
        chunked.readChunks();
        Headers headers = request.headers().copy();
        chunked.readTrailer(headers);
        byte[] plain = chunked.content.toByteArray();
        String encoding = headers.first("Content-Encoding").orElse("");
        String stored = encoding.replaceAll("(^|,)\\s*aws-chunked\\s*", "").replaceAll("^,\\s*", "");
        headers.set("Content-Encoding", stored).set("Content-Length", Integer.toString(plain.length));
        return request.withBody(stored.isEmpty() ? headers.without("Content-Encoding") : headers, plain);
    }

    private void readChunks() {
        int size = -1;
        while (size != 0) {
            Matcher line = SIZE_LINE.matcher(readLine());
            if (!line.matches()) {
                throw incomplete();
            }
            size = Integer.parseUnsignedInt(line.group(1), 16);
            readChunk(size, line.group(2) == null ? "" : line.group(2));
        }
    }

    private void readChunk(int size, String signature) {
        if (size < 0 || size > body.length - at) {
            throw incomplete();
        }
        byte[] chunk = Arrays.copyOfRange(body, at, at + size);
        at += size;
        if (signed) {
            String expected = signer.signatureOfChunk(previous, chunk);
            requireSame(expected, signature);
            previous = expected;
        }
        content.writeBytes(chunk);
        if (size > 0) {
            readLine();
        }
    }

    private void readTrailer(Headers headers) {
        StringBuilder trailer = new StringBuilder();
        while (at < body.length) {
            String line = readLine();
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase(TRAILER_SIGNATURE)) {
                requireSame(signer.signatureOfTrailer(previous, trailer.toString()), value);
            } else {
                trailer.append(name).append(':').append(value).append('\n');
                headers.set(name, value);
            }
        }
    }

    private String readLine() {
        int end = at;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        if (end == body.length && at == body.length) {
            throw incomplete();
        }
        String line = new String(body, at, end - at, ISO_8859_1);
        at = Math.min(end + 1, body.length);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static void requireSame(String expected, String sent) {
        if (!Hashes.same(expected, sent)) {
            throw SimulatorError.of(
                    403,
                    "SignatureDoesNotMatch",
                    "A chunk of the body does not have the signature its content must have");
        }
    }

    private static String contentHash(WireRequest request) {
        return request.headers().first(SigV4.CONTENT_HASH).orElse("");
    }

    private static SimulatorError incomplete() {
        return SimulatorError.refused("IncompleteBody", "The body is not in the aws-chunked form it claims to have");
    }
}
