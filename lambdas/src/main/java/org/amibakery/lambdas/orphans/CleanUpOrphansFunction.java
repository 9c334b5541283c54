package org.amibakery.lambdas.orphans;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.StandardEc2;

/** Is the Lambda entry of {@link CleanUpOrphans}: JSON in, JSON out. */
public final class CleanUpOrphansFunction implements RequestStreamHandler {
    /** Left for the orphan in hand, one more region's look and the answer: some ten calls with their retries. */
    private static final Duration RESERVE = Duration.ofSeconds(30);

    private final CleanUpOrphans cleanUpOrphans;
    private final Clock clock;

    /** Is what Lambda calls, once per sandbox. */
    public CleanUpOrphansFunction() {
        this(new StandardEc2(), Clock.systemUTC());
    }

    /** Runs on given clients, for example in the worker's own process. */
    public CleanUpOrphansFunction(RegionalEc2 ec2, Clock clock) {
        this.cleanUpOrphans = new CleanUpOrphans(ec2, clock);
        this.clock = clock;
    }

    /**
     * Answers like {@link #handle}, ending early when Lambda's time runs short, and logs the answer as one line of JSON:
     * the answer of a function that a rule invokes goes nowhere (Invoke, InvocationType Event).
     */
    @Override
    public void handleRequest(InputStream request, OutputStream answer, Context context) throws IOException {
        byte[] report = handleUntil(request.readAllBytes(), deadline(context));
        if (context != null) {
            context.getLogger().log(new String(report, UTF_8) + "\n");
        }
        answer.write(report);
    }

    /** Answers a {@link CleanUpOrphansRequest} with a {@link CleanUpOrphansReport}, both as JSON, without a time limit. */
    public byte[] handle(byte[] request) {
        return handleUntil(request, Instant.MAX);
    }

    /** Answers like {@link #handle}, ending early at the deadline. */
    public byte[] handleUntil(byte[] request, Instant deadline) {
        return FunctionJson.write(
                cleanUpOrphans.cleanUp(FunctionJson.readRequest(request, CleanUpOrphansRequest.class), deadline));
    }

    private Instant deadline(Context context) {
        return context == null
                ? Instant.MAX
                : clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    }
}
