package org.amibakery.lambdas.orphans;

import java.util.Optional;

/**
 * What became of one orphan.
 *
 * @param orphan as it was found
 * @param end how it ended
 * @param code the AWS code of a failure, or {@code NoAnswer} when it is unknown what AWS did
 * @param message how it went, as a sentence's end, or of a failure what was refused, what that means and what to do
 */
public record Removal(OwnResource orphan, End end, Optional<String> code, String message) {
    /** How the removal of an orphan can end. */
    public enum End {
        /** It is gone, or was before. */
        REMOVED,
        /** It was left alone, since it is not what it was, or came to be used. */
        KEPT,
        /** AWS refused; the next run tries again. */
        FAILED
    }

    public Removal {
        code = code == null ? Optional.empty() : code;
    }

    static Removal removed(OwnResource orphan, String message) {
        return new Removal(orphan, End.REMOVED, Optional.empty(), message);
    }

    static Removal kept(OwnResource orphan, String message) {
        return new Removal(orphan, End.KEPT, Optional.empty(), message);
    }

    static Removal failed(OwnResource orphan, String code, String message) {
        return new Removal(orphan, End.FAILED, Optional.of(code), message);
    }
}
