package org.amibakery.simulator.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Hands out results in pages, in an order that means nothing but stays the same, so that no client can rely on one
 * (DescribeImages promises none) and a page boundary survives changes in between.
 */
final class Pages {
    private final long seed;

    Pages(long seed) {
        this.seed = seed;
    }

    /** One page; the next token is null on the last one, as the SDK's builders take it. */
    record Page<T>(List<T> items, String nextToken) {}

    /** Which page is asked for. */
    record Request(Integer maxResults, String nextToken) {
        /** Refuses page sizes outside EC2's bounds. */
        Request within(int least, int most) {
            if (maxResults != null && (maxResults < least || maxResults > most)) {
                String bound = maxResults < least ? "greater than " + least : "less than " + most;
                throw refused(
                        "InvalidParameterValue",
                        "Value ( " + maxResults + " ) for parameter maxResults is invalid. Expecting a value " + bound
                                + ".");
            }
            return this;
        }

        /** Refuses a page size next to explicit ids, as DescribeInstances and DescribeVolumes do. */
        Request notWith(List<String> ids, String setName) {
            if (maxResults != null && !ids.isEmpty()) {
                throw refused(
                        "InvalidParameterCombination",
                        "The parameter " + setName + " cannot be used with the parameter maxResults");
            }
            return this;
        }
    }

    <T> Page<T> page(List<T> results, Function<T, String> id, Request request) {
        String after =
                Optional.ofNullable(request.nextToken()).map(Pages::decode).orElse("");
        List<Keyed<T>> rest = results.stream()
                .map(item -> new Keyed<>(sortKey(id.apply(item)), item))
                .filter(keyed -> keyed.key().compareTo(after) > 0)
                .sorted(Comparator.comparing(Keyed::key))
                .toList();
        int size = request.maxResults() == null ? rest.size() : Math.min(rest.size(), request.maxResults());
        List<T> items = rest.subList(0, size).stream().map(Keyed::item).toList();
        return new Page<>(items, size < rest.size() ? encode(rest.get(size - 1).key()) : null);
    }

    /** Makes a key once for each item: an account may have a hundred thousand. */
    private record Keyed<T>(String key, T item) {}

    private String sortKey(String id) {
        CRC32 checksum = new CRC32();
        checksum.update((seed + id).getBytes(UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue()) + "/" + id;
    }

    private static String encode(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw refused("InvalidNextToken", "The specified NextToken is not valid.");
        }
    }
}
