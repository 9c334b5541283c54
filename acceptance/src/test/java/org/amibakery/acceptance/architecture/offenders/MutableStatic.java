package org.amibakery.acceptance.architecture.offenders;

/** Remembers the last bake of any caller. */
public final class MutableStatic {
    private static String last = "";

    private MutableStatic() {}

    public static String swap(String next) {
        String before = last;
        last = next;
        return before;
    }
}
