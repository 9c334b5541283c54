package org.amibakery.watch;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.ActivityPausedException;
import io.temporal.client.ActivityResetException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Temporal how waits go, by task token and on a few threads of its own. An activity that Temporal no longer knows is
 * forgotten; one that cannot be reported is kept, and reported after a later look.
 */
final class Reports {
    /** Long enough that a worker which shuts down does not get the wait back, even if its polls take their time to end. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The server must have heard that a poll ended: what it gives to one that did is lost until the heartbeat timeout. */
    private static final Duration PAUSE_WITHOUT_POLLS = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(Reports.class);

    private final ActivityCompletionClient temporal;
    private final Executor threads;
    private volatile Duration pause = PAUSE;

    Reports(ActivityCompletionClient temporal, Executor threads) {
        this.temporal = temporal;
        this.threads = threads;
    }

    /** The failure of a wait that another worker is to take, while this one may still poll. */
    static ApplicationFailure handedBack(String id) {
        return handedBack(id, PAUSE);
    }

    private static ApplicationFailure handedBack(String id, Duration pause) {
        ApplicationFailure failure = ApplicationFailure.newBuilder()
                .setType("HandedBack")
                .setMessage("The worker shuts down; another goes on waiting for %s.".formatted(id))
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setNextRetryDelay(pause)
                .build();
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    <W> void arrived(OpenWait<W> wait, Optional<?> result, Consumer<OpenWait<W>> forget) {
        // an activity that returns nothing is completed with nothing, as Temporal does itself
        end(wait, () -> temporal.complete(wait.taskToken(), result.orElse(null)), forget);
    }

    <W> void failed(OpenWait<W> wait, ApplicationFailure failure, Consumer<OpenWait<W>> forget) {
        end(wait, () -> temporal.completeExceptionally(wait.taskToken(), failure), forget);
    }

    /** Fails the wait so that it is retried soon, after saving what was seen. */
    <W> void handBack(OpenWait<W> wait, Consumer<OpenWait<W>> forget) {
        end(wait, () -> saveAndFail(wait), forget);
    }

    private void saveAndFail(OpenWait<?> wait) {
        try {
            if (wait.hasUnsavedSighting()) {
                temporal.heartbeat(wait.taskToken(), wait.details());
            }
        } catch (ActivityCanceledException canceled) {
            temporal.reportCancellation(wait.taskToken(), wait.details());
            return;
        } catch (ActivityPausedException | ActivityResetException retriedAnyway) {
            log.debug("A wait that is paused or reset is handed back id={}", wait.id());
        }
        temporal.completeExceptionally(wait.taskToken(), handedBack(wait.id(), pause));
    }

    /** Lets waits that are handed back from now on go to others sooner: this worker cannot get them any more. */
    void pollsHaveEnded() {
        pause = PAUSE_WITHOUT_POLLS;
    }

    /** Heartbeats for an activity that does not wait yet, at once: the SDK's own heartbeats are held back for a while. */
    void prove(OpenActivity activity, String id, String state) {
        temporal.heartbeat(activity.taskToken(), new WaitDetails(id, state, activity.wasSeen()));
    }

    /** Heartbeats while its activity still runs; what Temporal says of it is heard at the next heartbeat. */
    void stillLooking(OpenWait<?> wait) {
        threads.execute(() -> {
            try {
                temporal.heartbeat(wait.taskToken(), wait.details());
            } catch (ActivityCompletionException heardAgain) {
                log.debug("An activity that looks for the first time was not heard id={}", wait.id(), heardAgain);
            }
        });
    }

    <W> void heartbeat(OpenWait<W> wait, Consumer<OpenWait<W>> forget) {
        threads.execute(() -> {
            try {
                WaitDetails details = wait.details();
                temporal.heartbeat(wait.taskToken(), details);
                wait.saved(details);
            } catch (ActivityCanceledException canceled) {
                end(wait, () -> temporal.reportCancellation(wait.taskToken(), wait.details()), forget);
            } catch (ActivityPausedException | ActivityResetException tryAgainLater) {
                end(wait, () -> temporal.completeExceptionally(wait.taskToken(), handedBack(wait.id())), forget);
            } catch (ActivityNotExistsException ended) {
                forget.accept(wait);
            } catch (ActivityCompletionException unreachable) {
                log.warn("A heartbeat did not reach Temporal; the next one is due soon id={}", wait.id(), unreachable);
            }
        });
    }

    private <W> void end(OpenWait<W> wait, Runnable report, Consumer<OpenWait<W>> forget) {
        if (wait.takeReport()) {
            threads.execute(() -> send(wait, report, forget));
        }
    }

    private <W> void send(OpenWait<W> wait, Runnable report, Consumer<OpenWait<W>> forget) {
        try {
            report.run();
            forget.accept(wait);
        } catch (ActivityNotExistsException | ActivityCanceledException ended) {
            forget.accept(wait);
        } catch (ActivityCompletionException unreachable) {
            wait.reportFailed();
            log.warn("The end of a wait did not reach Temporal; it is told again id={}", wait.id(), unreachable);
        }
    }
}
