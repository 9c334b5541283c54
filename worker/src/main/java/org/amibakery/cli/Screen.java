package org.amibakery.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.amibakery.cli.ColorChoice.Stream;

/** Tells where the standard streams lead, and how much room a terminal has. */
public interface Screen {
    /** Where standard output leads. */
    Stream out();

    /** Where standard error leads. */
    Stream err();

    /** How much fits on the terminal now; people resize it. */
    Size size();

    /** A terminal's room in characters. */
    record Size(int columns, int rows) {
        /** What terminals have had since the VT100. */
        static final Size USUAL = new Size(80, 24);
    }

    /** Both streams lead to files or pipes. */
    static Screen none() {
        return new Fixed(Stream.PIPE, Stream.PIPE, Size.USUAL);
    }

    /** The streams of this process. */
    static Screen ofProcess(Map<String, String> environment) {
        return new OfProcess(environment);
    }

    /** Streams that lead where they are said to. */
    record Fixed(Stream out, Stream err, Size size) implements Screen {}

    /** Asks the operating system, as Java 17 knows neither a stream's kind nor a terminal's size. */
    record OfProcess(Map<String, String> environment) implements Screen {
        @Override
        public Stream out() {
            return stream(1);
        }

        @Override
        public Stream err() {
            return stream(2);
        }

        @Override
        public Size size() {
            try {
                Process stty = new ProcessBuilder("stty", "size")
                        .redirectInput(Path.of("/dev/tty").toFile())
                        .start();
                String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                return answer.matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}") ? parse(answer) : Size.USUAL;
            } catch (IOException noTerminal) {
                return Size.USUAL;
            }
        }

        private static Size parse(String rowsAndColumns) {
            int space = rowsAndColumns.indexOf(' ');
            return new Size(
                    Integer.parseInt(rowsAndColumns.substring(space + 1)),
                    Integer.parseInt(rowsAndColumns.substring(0, space)));
        }

        private static Stream stream(int descriptor) {
            Path link = Path.of("/proc/self/fd/" + descriptor);
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") ? Stream.TERMINAL : Stream.PIPE;
            } catch (IOException notLinux) {
                return asked(descriptor);
            }
        }

        private static Stream asked(int descriptor) {
            try {
                Process test = new ProcessBuilder("test", "-t", String.valueOf(descriptor))
                        .inheritIO()
                        .start();
                return test.waitFor() == 0 ? Stream.TERMINAL : Stream.PIPE;
            } catch (IOException notUnix) {
                return Stream.PIPE;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Stream.PIPE;
            }
        }
    }
}
