package org.amibakery.lambdas;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known word that was probably meant. */
final class NearestWord {
    private NearestWord() {}

    /** Returns the known word with the fewest edits from the given one, upper and lower case being alike. */
    static String to(String word, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(
                        candidate -> edits(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT))))
                .orElse("");
    }

    private static int edits(String from, String to) { // Levenshtein, one row at a time
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
