package org.amibakery.workflow;

/** Makes text fit into a cell of a Markdown table: one line, and no bar that would end the cell. */
public final class MarkdownCell {
    /** Details are bounded by the server; the report has the rest. */
    private static final int LONGEST = 200;

    private MarkdownCell() {}

    /** The text as one short line. */
    public static String of(String text) {
        String line = text.replace('\n', ' ').replace('|', '/');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
