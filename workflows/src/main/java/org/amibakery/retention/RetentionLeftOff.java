package org.amibakery.retention;

import static java.util.Objects.requireNonNull;

/**
 * Says where a run of the retention workflow left off whose history had grown long.
 *
 * @param scope what it is about
 * @param report what it had come to
 * @param pass how many passes were over
 */
public record RetentionLeftOff(RetentionScope scope, FamilyRetention report, int pass) {
    public RetentionLeftOff {
        requireNonNull(scope, "scope");
        requireNonNull(report, "report");
    }
}
