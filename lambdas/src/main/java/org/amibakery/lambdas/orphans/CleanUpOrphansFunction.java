package org.amibakery.lambdas.orphans;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
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
    /** Left for the look or the removal in hand and the answer, even if the last of its calls gets no answer. */
    private static final Duration RESERVE = StandardEc2.CALL_LIMIT.multipliedBy(2);

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
     * Answers like {@link #handle}, ending early when Lambda's time runs short. Logs what it removes when it removes it, and
     * the answer at its end, each as one line of JSON: the answer of a function that a rule invokes goes nowhere (Invoke,
     * InvocationType Event).
     */
    @Override
    public void handleRequest(InputStream request, OutputStream answer, Context context) throws IOException {
        if (context == null) {
            answer.write(handle(request.readAllBytes()));
            return;
        }
        LambdaLogger log = context.getLogger();
        byte[] report = handleUntil(request.readAllBytes(), deadline(context), new LoggedOrphans(log));
        log.log(new String(report, UTF_8) + "\n");
        answer.write(report);
    }

    /** Answers a {@link CleanUpOrphansRequest} with a {@link CleanUpOrphansReport}, both as JSON, without a time limit. */
    public byte[] handle(byte[] request) {
        return handleUntil(request, Instant.MAX, OrphanListener.NONE);
    }

    private byte[] handleUntil(byte[] request, Instant deadline, OrphanListener listener) {
        CleanUpOrphansRequest asked = FunctionJson.readRequest(request, CleanUpOrphansRequest.class);
        return FunctionJson.write(cleanUpOrphans.cleanUp(asked, deadline, listener));
    }

    private Instant deadline(Context context) {
        return clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    }
}
