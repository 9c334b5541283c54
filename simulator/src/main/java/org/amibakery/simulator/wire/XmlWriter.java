package org.amibakery.simulator.wire;

/** Writes XML elements into a growing text. */
final class XmlWriter {
    private final StringBuilder text = new StringBuilder(512);

    XmlWriter declaration() {
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return this;
    }

    XmlWriter open(String name) {
        text.append('<').append(name).append('>');
        return this;
    }

    /** Opens an element with attributes, given ready-made such as {@code xmlns="…"}. */
    XmlWriter open(String name, String attributes) {
        text.append('<').append(name);
        if (!attributes.isEmpty()) {
            text.append(' ').append(attributes);
        }
        text.append('>');
        return this;
    }

    XmlWriter close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    XmlWriter element(String name, String content) {
        return open(name).content(content).close(name);
    }

    XmlWriter content(String content) {
        text.append(escape(content));
        return this;
    }

    /** Escapes text; what XML 1.0 cannot carry at all becomes U+FFFD. */
    static String escape(String content) {
        StringBuilder escaped = new StringBuilder(content.length() + 8);
        content.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;"); // a bare one would be read back as a line feed
                default -> escaped.appendCodePoint(isXmlCharacter(point) ? point : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isXmlCharacter(int point) {
        boolean control = point < 0x20 && point != '\t' && point != '\n';
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        return !control && !surrogate && point != 0xFFFE && point != 0xFFFF;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
