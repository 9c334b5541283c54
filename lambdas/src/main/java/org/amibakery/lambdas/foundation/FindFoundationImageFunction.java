package org.amibakery.lambdas.foundation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.StandardEc2;

/** Is the Lambda entry of {@link FindFoundationImage}: JSON in, JSON out. */
public final class FindFoundationImageFunction implements RequestStreamHandler {
    private final FindFoundationImage findFoundationImage;

    /** Is what Lambda calls, once per sandbox. */
    public FindFoundationImageFunction() {
        this(new StandardEc2(), Clock.systemUTC());
    }

    /** Runs on given clients, for example in the worker's own process. */
    public FindFoundationImageFunction(RegionalEc2 ec2, Clock clock) {
        this.findFoundationImage = new FindFoundationImage(ec2, clock);
    }

    @Override
    public void handleRequest(InputStream request, OutputStream answer, Context context) throws IOException {
        answer.write(handle(request.readAllBytes()));
    }

    /** Answers a {@link FoundationImageQuery} with a {@link FoundationImageAnswer}, both as JSON. */
    public byte[] handle(byte[] request) {
        return FunctionJson.write(
                findFoundationImage.find(FunctionJson.readRequest(request, FoundationImageQuery.class)));
    }
}
