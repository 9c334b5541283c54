package org.amibakery.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lists the exit codes that scripts rely on. */
public enum ExitCode {
    DONE(0, "Done."),
    UNEXPECTED(1, "Something unexpected; --debug tells more."),
    USAGE(2, "Wrong usage, or a file or request that cannot be used."),
    BAKE_FAILED(3, "The bake, or the check, failed."),
    UNREACHABLE(4, "Temporal or AWS cannot be reached, or refuses the credentials."),
    WAIT_ENDED(5, "The wait ended while the bake goes on."),
    INTERRUPTED(130, "Interrupted; a bake goes on.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** What each code means, for the end of every help text. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            meanings.put(String.format("%5d", exit.code), exit.meaning);
        }
        return meanings;
    }
}
