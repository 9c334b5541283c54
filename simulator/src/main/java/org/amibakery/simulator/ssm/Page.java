package org.amibakery.simulator.ssm;

import java.util.List;
import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;

/**
 * Holds one page of a list.
 *
 * @param items the page's items
 * @param nextToken names the next page; empty on the last
 */
record Page<T>(List<T> items, Optional<String> nextToken) {
    private static final String TOKEN_PREFIX = "from-";

    Page {
        items = List.copyOf(items);
    }

    /**
     * Says how large a page may be.
     *
     * @param least the smallest MaxResults allowed
     * @param most the largest MaxResults allowed
     * @param unasked the size when none was asked for
     */
    record Bounds(int least, int most, int unasked) {}

    /** Cuts the page a request asks for; its members may be absent, as the SDK's request records have them. */
    static <T> Page<T> of(List<T> all, Bounds bounds, Integer maxResults, String nextToken) {
        int size = maxResults == null ? bounds.unasked() : maxResults;
        if (size < bounds.least()) {
            throw SsmErrors.invalid(
                    "maxResults",
                    Integer.toString(size),
                    "Member must have value greater than or equal to " + bounds.least());
        }
        if (size > bounds.most()) {
            throw SsmErrors.invalid(
                    "maxResults",
                    Integer.toString(size),
                    "Member must have value less than or equal to " + bounds.most());
        }
        int from = nextToken == null || nextToken.isEmpty() ? 0 : position(nextToken);
        int start = Math.min(from, all.size());
        int end = Math.min(start + size, all.size());
        Optional<String> next = end < all.size() ? Optional.of(TOKEN_PREFIX + end) : Optional.empty();
        return new Page<>(all.subList(start, end), next);
    }

    private static int position(String token) {
        if (!token.matches(TOKEN_PREFIX + "\\d{1,8}")) {
            throw SimulatorError.refused("InvalidNextToken", "The specified token is not valid.");
        }
        return Integer.parseInt(token.substring(TOKEN_PREFIX.length()));
    }
}
