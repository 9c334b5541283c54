package org.amibakery.authored;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Words the parser's complaints for people who do not know YAML's grammar by heart. */
final class SyntaxProblems {
    private static final String LAYOUT = "the line does not fit those around it; indent keys of one mapping alike, and"
            + " quote texts that begin with one of { [ * & ! % @ `";

    private static final Set<String> UNFINISHED = Set.of(
            "while scanning a quoted scalar",
            "while scanning a simple key",
            "while parsing a flow sequence",
            "while parsing a flow mapping");
    private static final Map<String, String> WORDS = words();

    private SyntaxProblems() {}

    static Problem of(AuthoredText text, YAMLException complaint) {
        if (complaint instanceof ReaderException reader) {
            return new Problem(
                    placeOf(text, reader.getPosition()),
                    "",
                    "the character U+%04X is not allowed in YAML; take it away".formatted(reader.getCodePoint()));
        }
        if (complaint instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            // what was opened and never closed is better looked for where it was opened
            boolean unfinished = marked.getContextMark() != null && UNFINISHED.contains(marked.getContext());
            Mark mark = unfinished ? marked.getContextMark() : marked.getProblemMark();
            Place place = new Place(text.source(), mark.getLine() + 1, mark.getColumn() + 1);
            return new Problem(place, "", wordsFor(marked));
        }
        String size = "is too large or too deeply nested for YAML of ours; keep it under 3 MB and 50 levels";
        return new Problem(new Place(text.source(), 1, 1), "", size);
    }

    private static String wordsFor(MarkedYAMLException complaint) {
        String technical = complaint.getContext() + ": " + complaint.getProblem();
        return WORDS.entrySet().stream()
                .filter(known -> technical.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() ->
                        "is not YAML here (%s); compare it with a sample recipe".formatted(complaint.getProblem()));
    }

    private static Place placeOf(AuthoredText text, int characters) {
        String before =
                text.text().substring(0, Math.min(characters, text.text().length()));
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new Place(text.source(), line, before.length() - before.lastIndexOf('\n'));
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("'\\t(TAB)'", "a tab stands where YAML allows spaces only; indent with spaces");
        words.put("scanning a quoted scalar", "a quotation mark is never closed; close it");
        words.put(
                "mapping values are not allowed here",
                "a colon stands where no key can be; quote the text if the colon belongs to it, or mend the indentation");
        words.put(
                "flow sequence",
                "a list in brackets is not well written; separate its entries by commas and close it with ]");
        words.put(
                "flow mapping",
                "a mapping in braces is not well written; separate its entries by commas and close it with }");
        words.put("undefined alias", "a text begins with *, which YAML takes for an alias; quote the text");
        words.put("single document", "a second document begins here; write one a file");
        words.put("simple key", "a key is written without its colon; write key: value");
        words.put("cannot start any token", "a text begins with a character that YAML reserves; quote the text");
        words.put("block mapping", LAYOUT);
        words.put("block collection", LAYOUT);
        words.put("<block end>", LAYOUT);
        return words;
    }
}
