package org.amibakery.watch;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.time.Instant;

/**
 * Says what a watcher needs to know of the activity behind a wait.
 *
 * @param since when the activity was first scheduled, whatever worker had it then
 * @param silence the heartbeat timeout
 * @param wasSeen whether an earlier attempt saw what is waited for
 */
@SuppressWarnings("ArrayRecordComponent") // the SDK speaks of tokens as bytes, and nothing compares them
record OpenActivity(byte[] taskToken, Instant since, Duration silence, boolean wasSeen) {
    /** An activity without a heartbeat timeout still has to learn of its cancellation. */
    private static final Duration SILENCE_BY_DEFAULT = Duration.ofSeconds(60);

    static OpenActivity of(ActivityExecutionContext activity) {
        ActivityInfo info = activity.getInfo();
        return new OpenActivity(
                info.getTaskToken(),
                Instant.ofEpochMilli(info.getScheduledTimestamp()),
                info.getHeartbeatTimeout().isZero() ? SILENCE_BY_DEFAULT : info.getHeartbeatTimeout(),
                activity.getHeartbeatDetails(WaitDetails.class)
                        .map(WaitDetails::seen)
                        .orElse(false));
    }
}
