package org.amibakery.workflow;

/** Writes text as a block of code in Markdown, so that its lines stay lines and nothing in it is taken for markup. */
public final class MarkdownCode {
    /** Details are bounded by the server; failure and report have the rest. */
    private static final int LONGEST = 2_400;

    private static final String FENCE = "```";

    private MarkdownCode() {}

    /** The end of the text, if it is too long, since that is where output tells what happened. */
    public static String block(String text) {
        String safe = text.replace(FENCE, "'''").strip();
        String shown = safe.length() <= LONGEST ? safe : "..." + safe.substring(safe.length() - LONGEST);
        return "%s\n%s\n%s\n".formatted(FENCE, shown, FENCE);
    }
}
