package org.amibakery.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.amibakery.aws.BakeryCounters;
import org.amibakery.watch.Watcher.WatchTools;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds what the hot paths of a worker allocate while a thousand bakes wait, which is what its collector works for all day.
 * Bytes, not seconds: they are about the same on every machine, and less once code is compiled.
 */
class WatcherAllocationTest {
    private static final int WAITS = 1_000;
    private static final int TIMES = 50;
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MovableClock clock = new MovableClock();
    private final Watcher<String, String, String> watcher = new Watcher<>(
            "image available",
            INTERVAL,
            new Pending(),
            new WatchTools(clock, new Reports(new FakeTemporal(), Runnable::run), BakeryCounters.NONE, new Crowd()));

    @BeforeEach
    void wait_for_a_thousand() {
        IntStream.range(0, WAITS)
                .mapToObj("ami-%017x"::formatted)
                .forEach(image -> watcher.register(new OpenWait<>(
                        image,
                        image,
                        new OpenActivity(FakeTemporal.token(image), clock.instant(), Duration.ofDays(9), false),
                        clock.instant())));
    }

    @Test
    void a_pulse_at_which_nothing_is_due_allocates_next_to_nothing() {
        watcher.pulse(Runnable::run);
        assertThat(allocatedEachTime(() -> watcher.pulse(Runnable::run))).isLessThan(2_000);
    }

    @Test
    void a_look_allocates_at_most_1500_bytes_for_each_that_waits() {
        long each = allocatedEachTime(() -> {
            clock.advance(INTERVAL);
            watcher.pulse(Runnable::run);
        });
        assertThat(each / WAITS).isLessThanOrEqualTo(1_500);
    }

    private long allocatedEachTime(Runnable hotPath) {
        long thread = Thread.currentThread().getId();
        hotPath.run();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int time = 0; time < TIMES; time++) {
            hotPath.run();
        }
        return (threads.getThreadAllocatedBytes(thread) - before) / TIMES;
    }

    /** An image that stays pending. */
    private static final class Pending implements Watch<String, String, String> {
        @Override
        public String id(String image) {
            return image;
        }

        @Override
        public Map<String, String> look(Set<String> ids) {
            Map<String, String> seen = new LinkedHashMap<>();
            ids.forEach(id -> seen.put(id, "pending"));
            return seen;
        }

        @Override
        public Sighting<String> read(Waiting<String> waiting, Optional<String> seen) {
            return Sighting.notYet("Image %s is %s", waiting.subject(), seen.orElse("not visible"));
        }
    }
}
