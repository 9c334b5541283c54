package org.amibakery.authored;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name somebody meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * Finds the known name that the fewest slips of the keyboard (a letter more, less, wrong, or two swapped) turn
     * into the written one; none when that would take more than about a third of it. Case does not count.
     */
    public static Optional<String> to(String written, Collection<String> known) {
        String folded = written.toLowerCase(Locale.ROOT);
        int allowed = 1 + folded.length() / 3;
        return known.stream()
                .filter(name -> slips(folded, name.toLowerCase(Locale.ROOT)) <= Math.min(allowed, name.length() - 1))
                .min(Comparator.comparingInt((String name) -> slips(folded, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The optimal string alignment distance. */
    private static int slips(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : cheapest(distance, from, i, to, j);
            }
        }
        return distance[from.length()][to.length()];
    }

    private static int cheapest(int[][] distance, String from, int i, String to, int j) {
        int replaced = distance[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(cheapest, distance[i - 2][j - 2] + 1) : cheapest;
    }
}
