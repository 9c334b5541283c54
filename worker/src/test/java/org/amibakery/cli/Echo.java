package org.amibakery.cli;

import java.util.Arrays;

/** Stands in for the product where only its launcher is tested: prints what it is told, and can be told to fail. */
public final class Echo {
    /** The variable that names a word at which to fail. */
    static final String FAILS_AT = "ECHO_FAILS_AT";

    private Echo() {}

    public static void main(String... words) {
        System.out.println(String.join(" ", words));
        System.exit(Arrays.asList(words).contains(System.getenv(FAILS_AT)) ? 1 : 0);
    }
}
