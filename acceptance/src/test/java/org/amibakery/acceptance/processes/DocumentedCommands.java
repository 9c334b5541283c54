package org.amibakery.acceptance.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a documentation page: each fenced block of {@code sh}, with what a comment before it, which readers do not
 * see, says of its end.
 */
final class DocumentedCommands {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- (exits with (\\d+)|until it shows (\\S+)) -->\\n)?```sh\\n(.*?)```", Pattern.DOTALL);

    private DocumentedCommands() {}

    /** Reads a page. */
    static List<Block> of(Path page) throws IOException {
        Matcher found = BLOCK.matcher(Files.readString(page));
        List<Block> blocks = new ArrayList<>();
        while (found.find()) {
            int exitCode = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
            String shows = found.group(3) == null ? "" : found.group(3);
            blocks.add(new Block(blocks.size() + 1, found.group(4), exitCode, shows));
        }
        assertThat(blocks).as("blocks of %s", page).isNotEmpty();
        return blocks;
    }

    /**
     * One block.
     *
     * @param number its place on the page, from 1
     * @param exitCode what it ends with
     * @param shows what it shows in the end, though perhaps not at once; empty if it need not be run again
     */
    record Block(int number, String commands, int exitCode, String shows) {
        /** Its first line, by which a reader finds it. */
        @Override
        public String toString() {
            return "%d: %s".formatted(number, commands.lines().findFirst().orElse(""));
        }
    }
}
