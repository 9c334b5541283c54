package org.amibakery.simulator.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the bytes a Range header asks for.
 *
 * @param first position of the first byte, from 0
 * @param last position of the last byte, within the object
 */
record ByteRange(int first, int last) {
    private static final Pattern HEADER = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** Reads a Range header; one that S3 cannot read, or of several ranges, is ignored and the whole is sent. */
    static Optional<ByteRange> parse(String header, int length) {
        Matcher matcher = HEADER.matcher(header.trim());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        ByteRange range = matcher.group(1).isEmpty()
                ? new ByteRange(Math.max(0, length - atMost(matcher.group(2), length)), length - 1)
                : new ByteRange(atMost(matcher.group(1), length), lastOf(matcher.group(2), length));
        if (range.first >= length) {
            throw S3Errors.invalidRange();
        }
        return range.last < range.first ? Optional.empty() : Optional.of(range);
    }

    /** Writes the Content-Range header of the answer. */
    String header(int length) {
        return "bytes " + first + "-" + last + "/" + length;
    }

    private static int lastOf(String text, int length) {
        return text.isEmpty() ? length - 1 : Math.min(atMost(text, length), length - 1);
    }

    private static int atMost(String number, int length) {
        return number.length() > 9 ? length : Math.min(Integer.parseInt(number), length);
    }
}
