package org.amibakery.authored;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds a text that somebody wrote, with the name by which they know it.
 *
 * @param source a file as the user named it, or words such as {@code SSM parameter /ami-bakery/web/config}
 */
public record AuthoredText(String source, String text) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public AuthoredText {
        requireNonNull(source, "source");
        text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInput when it is missing, a directory, unreadable or not UTF-8
     */
    public static AuthoredText ofFile(Path file) {
        String source = file.toString();
        if (Files.isDirectory(file)) {
            throw refused(Place.of(source), "is a directory; name a file in it" + example(yamlFilesIn(file)));
        }
        if (!Files.exists(file)) {
            throw refused(Place.of(source), "there is no such file; " + whatInstead(file));
        }
        try {
            return new AuthoredText(source, decode(source, Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw refused(
                    Place.of(source),
                    "cannot be read (%s); make it readable for this user"
                            .formatted(unreadable.getClass().getSimpleName()));
        }
    }

    private static String decode(String source, byte[] bytes) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = utf8.decode(ByteBuffer.wrap(bytes), text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            int line = 1
                    + (int) read.chars().filter(character -> character == '\n').count();
            int column = read.length() - read.lastIndexOf('\n');
            throw refused(new Place(source, line, column), "is not UTF-8 text; save the file as UTF-8");
        }
        return read;
    }

    private static String whatInstead(Path missing) {
        Path folder = missing.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return "its folder does not exist either, so look at the path from the beginning";
        }
        return NearestName.to(String.valueOf(missing.getFileName()), yamlFilesIn(folder))
                .map(name -> "the nearest name beside it is " + name)
                .orElse("look for a slip in the name");
    }

    private static List<String> yamlFilesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException unlisted) {
            return List.of();
        }
    }

    private static String example(List<String> names) {
        return names.isEmpty() ? "" : ", such as " + names.get(0);
    }

    private static InvalidInput refused(Place place, String message) {
        return new InvalidInput(List.of(new Problem(place, "", message)));
    }
}
