package org.amibakery.doctor;

import static java.util.Objects.requireNonNull;

/**
 * Tells of one thing that was examined.
 *
 * @param subject what it is about, in a word or two, such as {@code search attributes}
 * @param found what was found, as a sentence
 * @param remedy what to do about it; empty when nothing is to be done
 */
public record Finding(String subject, Verdict verdict, String found, String remedy) {
    public Finding {
        requireNonNull(subject, "subject");
        requireNonNull(verdict, "verdict");
        requireNonNull(found, "found");
        requireNonNull(remedy, "remedy");
    }

    static Finding good(String subject, String found) {
        return new Finding(subject, Verdict.GOOD, found, "");
    }

    static Finding warning(String subject, String found, String remedy) {
        return new Finding(subject, Verdict.WARNING, found, remedy);
    }

    static Finding broken(String subject, String found, String remedy) {
        return new Finding(subject, Verdict.BROKEN, found, remedy);
    }

    static Finding untried(String subject, String found, String remedy) {
        return new Finding(subject, Verdict.UNTRIED, found, remedy);
    }
}
