package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.amibakery.bake.BakeReport;
import org.amibakery.temporal.TemporalConnection;

/** Follows bakes to their ends, whatever happens to this process, a worker or the server in between. */
public final class BakeFollower {
    /** A server that restarts is back well before; then it is better to say so and end. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a server answers that restarts or has too much to do. */
    private static final Set<Status.Code> PASSING =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

    private static final int MOST_LOOKS_AT_ONCE = 8;

    private final BakeLook look;
    private final Console console;
    private final FollowPace pace;
    private final Queue<String> story;
    private final Function<List<String>, String> wordsWhenInterrupted;

    /** Takes the server that knows the bakes, the console to show them on, and how closely to follow. */
    public BakeFollower(TemporalConnection temporal, Console console, FollowPace pace) {
        this(temporal, console, pace, new ArrayDeque<>(), Interruption::message);
    }

    private BakeFollower(
            TemporalConnection temporal,
            Console console,
            FollowPace pace,
            Queue<String> story,
            Function<List<String>, String> wordsWhenInterrupted) {
        this.look = new BakeLook(temporal);
        this.console = console;
        this.pace = pace;
        this.story = story;
        this.wordsWhenInterrupted = wordsWhenInterrupted;
    }

    /**
     * Follows bakes that live no longer than this process.
     *
     * @param story what happens beside the bakes, told as other threads add to it
     */
    static BakeFollower ofDemonstration(TemporalConnection temporal, Console console, Queue<String> story) {
        return new BakeFollower(
                temporal,
                console,
                FollowPace.DEMO,
                story,
                ids -> "Interrupted; the demonstration ends, and its bakes too.");
    }

    /**
     * Shows the bakes with these workflow ids until all have ended, and returns their last reports in this order.
     *
     * @throws CommandFailure when a bake is unknown, the wait is interrupted or lasts too long, or the server stays away
     */
    public List<BakeReport> follow(List<String> workflowIds) {
        BlockingQueue<Supplier<BakeSighting>> seen = new LinkedBlockingQueue<>();
        ScheduledExecutorService looks =
                Executors.newScheduledThreadPool(Math.min(workflowIds.size(), MOST_LOOKS_AT_ONCE), task -> {
                    Thread thread = new Thread(task, "bake-follower");
                    thread.setDaemon(true);
                    return thread;
                });
        Interruption interruption = Interruption.telling(console, wordsWhenInterrupted.apply(workflowIds));
        try (BakeView view = BakeView.on(console)) {
            workflowIds.forEach(id -> looks.execute(new Watching(BakeSighting.first(id), seen, looks)));
            return awaitEnds(workflowIds, seen, view);
        } catch (InterruptedException interrupted) {
            throw new CommandFailure(ExitCode.INTERRUPTED, wordsWhenInterrupted.apply(workflowIds));
        } finally {
            interruption.close();
            looks.shutdownNow();
        }
    }

    private List<BakeReport> awaitEnds(
            List<String> workflowIds, BlockingQueue<Supplier<BakeSighting>> seen, BakeView view)
            throws InterruptedException {
        Map<String, BakeSighting> bakes = new LinkedHashMap<>();
        workflowIds.forEach(id -> bakes.put(id, BakeSighting.first(id)));
        Optional<Instant> end = pace.atMost().map(console.clock().instant()::plus);
        while (!bakes.values().stream().allMatch(BakeSighting::isEnded)) {
            Optional<Supplier<BakeSighting>> next =
                    Optional.ofNullable(seen.poll(view.frame().toMillis(), MILLISECONDS));
            next.map(Supplier::get).ifPresent(bake -> bakes.put(bake.workflowId(), bake));
            for (String line = story.poll(); line != null; line = story.poll()) {
                view.tell(line);
            }
            view.show(List.copyOf(bakes.values()));
            if (end.isPresent() && console.clock().instant().isAfter(end.get())) {
                throw new CommandFailure(
                        ExitCode.WAIT_ENDED, "The wait ended; " + Interruption.howToComeBack(workflowIds));
            }
        }
        return bakes.values().stream().flatMap(bake -> bake.report().stream()).toList();
    }

    /** Looks at one bake again and again. */
    private final class Watching implements Runnable {
        private final BlockingQueue<Supplier<BakeSighting>> seen;
        private final ScheduledExecutorService looks;
        private BakeSighting last;
        private Optional<Instant> silentSince = Optional.empty();

        Watching(BakeSighting first, BlockingQueue<Supplier<BakeSighting>> seen, ScheduledExecutorService looks) {
            this.last = first;
            this.seen = seen;
            this.looks = looks;
        }

        @Override
        public void run() {
            try {
                last = look.after(last);
                silentSince = Optional.empty();
            } catch (StatusRuntimeException silence) {
                if (isFinal(silence)) {
                    tell(silence);
                    return;
                }
                last = last.hindered("Temporal does not answer (%s); the bake goes on, and so does the look at it."
                        .formatted(silence.getStatus().getCode()));
            } catch (RuntimeException broken) {
                tell(broken);
                return;
            }
            BakeSighting now = last;
            seen.add(() -> now);
            if (!now.isEnded()) {
                again();
            }
        }

        private boolean isFinal(StatusRuntimeException failure) {
            Status.Code code = failure.getStatus().getCode();
            if (!PASSING.contains(code)) {
                return true;
            }
            Instant now = console.clock().instant();
            silentSince = silentSince.or(() -> Optional.of(now));
            return silentSince.get().plus(PATIENCE).isBefore(now);
        }

        private void again() {
            try {
                ScheduledFuture<?> unused = looks.schedule(this, pace.every().toMillis(), MILLISECONDS);
            } catch (RejectedExecutionException nobodyLooks) {
                Thread.currentThread().interrupt();
            }
        }

        private void tell(RuntimeException failure) {
            seen.add(() -> {
                throw failure;
            });
        }
    }
}
