package org.amibakery.simulator.ssm;

import java.util.regex.Pattern;

/** Translates the agent's regular expressions, which are Go's RE2, to Java's. */
final class GoPattern {
    private GoPattern() {}

    /**
     * Compiles a pattern so that it means what it means in Go: there {@code $} is the end of the text only, while
     * Java's also matches before a last line break.
     */
    static Pattern compile(String pattern) {
        StringBuilder translated = new StringBuilder();
        boolean inClass = false;
        for (int at = 0; at < pattern.length(); at++) {
            char character = pattern.charAt(at);
            if (character == '\\' && at + 1 < pattern.length()) {
                translated.append(character).append(pattern.charAt(++at));
                continue;
            }
            inClass = character == '[' || (inClass && character != ']');
            translated.append(character == '$' && !inClass ? "\\z" : String.valueOf(character));
        }
        return Pattern.compile(translated.toString());
    }
}
