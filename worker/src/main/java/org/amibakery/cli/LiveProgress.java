package org.amibakery.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Redraws a block of lines for each bake in place, on a terminal. */
final class LiveProgress implements BakeView {
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final Duration FRAME = Duration.ofMillis(100);

    private static final String ESCAPE = "\u001b[";
    private static final String HIDE_CURSOR = ESCAPE + "?25l";
    static final String SHOW_CURSOR = ESCAPE + "?25h";
    private static final String CLEAR_REST_OF_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";

    /** People resize a terminal now and then; asking for its size costs a process. */
    private static final int FRAMES_BETWEEN_SIZES = 20;

    private final Console console;
    private Screen.Size size;
    private int frames;
    private int drawn;

    LiveProgress(Console console) {
        this.console = console;
        this.size = console.size();
        console.frame(HIDE_CURSOR);
    }

    @Override
    public void show(List<BakeSighting> bakes) {
        frames++;
        if (frames % FRAMES_BETWEEN_SIZES == 0) {
            size = console.size();
        }
        List<String> lines = lines(bakes, console.clock().instant());
        StringBuilder frame = new StringBuilder(4_096);
        if (drawn > 0) {
            frame.append(ESCAPE).append(drawn).append('A');
        }
        lines.forEach(line ->
                frame.append('\r').append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        console.frame(frame.append(CLEAR_BELOW).toString());
        drawn = lines.size();
    }

    /** Writes the line above the block, which the next frame draws anew below it. */
    @Override
    public void tell(String line) {
        StringBuilder frame = new StringBuilder(line.length() + 32);
        if (drawn > 0) {
            frame.append(ESCAPE).append(drawn).append('A');
        }
        console.frame(
                frame.append('\r').append(CLEAR_BELOW).append(line).append('\n').toString());
        drawn = 0;
    }

    @Override
    public Duration frame() {
        return FRAME;
    }

    @Override
    public void close() {
        console.frame(SHOW_CURSOR);
    }

    private List<String> lines(List<BakeSighting> bakes, Instant now) {
        // one column stays free: some terminals wrap as soon as the last one is written
        BakeBlock block =
                new BakeBlock(console.progressPalette(), size.columns() - 1, now, SPINNER[frames % SPINNER.length]);
        List<String> all =
                bakes.stream().flatMap(bake -> block.lines(bake).stream()).toList();
        if (all.size() < size.rows()) {
            return all;
        }
        List<String> few =
                bakes.stream().flatMap(bake -> block.fewLines(bake).stream()).toList();
        return few.subList(0, Math.min(few.size(), Math.max(1, size.rows() - 1)));
    }
}
