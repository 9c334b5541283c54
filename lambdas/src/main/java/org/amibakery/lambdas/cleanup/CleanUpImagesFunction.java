package org.amibakery.lambdas.cleanup;

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

/** Is the Lambda entry of {@link CleanUpImages}: JSON in, JSON out. */
public final class CleanUpImagesFunction implements RequestStreamHandler {
    /** Left for the image in hand and the answer, even if the last of its calls gets no answer. */
    private static final Duration RESERVE = StandardEc2.CALL_LIMIT.multipliedBy(2);

    private final CleanUpImages cleanUpImages;
    private final Clock clock;

    /** Is what Lambda calls, once per sandbox. */
    public CleanUpImagesFunction() {
        this(new StandardEc2(), Clock.systemUTC());
    }

    /** Runs on given clients, for example in the worker's own process. */
    public CleanUpImagesFunction(RegionalEc2 ec2, Clock clock) {
        this.cleanUpImages = new CleanUpImages(ec2, clock);
        this.clock = clock;
    }

    /** Answers like {@link #handle}, ending early with a continuation when Lambda's time runs short. */
    @Override
    public void handleRequest(InputStream request, OutputStream answer, Context context) throws IOException {
        answer.write(handleUntil(request.readAllBytes(), deadline(context)));
    }

    /**
     * Answers a {@link CleanUpImagesRequest} with a {@link CleanUpImagesReport}, a {@link CleanUpFamiliesRequest} with a
     * {@link CleanUpFamiliesReport}, all as JSON, without a time limit.
     */
    public byte[] handle(byte[] request) {
        return handleUntil(request, Instant.MAX);
    }

    /** Answers like {@link #handle}, ending early with a continuation at the deadline. */
    public byte[] handleUntil(byte[] request, Instant deadline) {
        return FunctionJson.write(
                FunctionJson.hasKey(request, "families")
                        ? cleanUpImages.cleanUp(
                                FunctionJson.readRequest(request, CleanUpFamiliesRequest.class), deadline)
                        : cleanUpImages.cleanUp(
                                FunctionJson.readRequest(request, CleanUpImagesRequest.class), deadline));
    }

    private Instant deadline(Context context) {
        return context == null
                ? Instant.MAX
                : clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    }
}
