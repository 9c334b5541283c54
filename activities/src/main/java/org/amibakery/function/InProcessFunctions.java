package org.amibakery.function;

import java.time.Clock;
import java.time.Duration;
import org.amibakery.lambdas.FunctionErrorPayload;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.lambdas.foundation.FindFoundationImageFunction;

/** Runs the functions' own code in this process, for installations without Lambda. */
public final class InProcessFunctions implements FunctionInvoker {
    /** The activity that asks has five minutes; the rest is for the image in hand and the answer. */
    private static final Duration CLEANS_UP_WITHIN = Duration.ofMinutes(4);

    private final FindFoundationImageFunction findFoundationImage;
    private final CleanUpImagesFunction cleanUpImages;
    private final Clock clock;

    /** Takes the clients, and the clock by which images age. */
    public InProcessFunctions(RegionalEc2 ec2, Clock clock) {
        findFoundationImage = new FindFoundationImageFunction(ec2, clock);
        cleanUpImages = new CleanUpImagesFunction(ec2, clock);
        this.clock = clock;
    }

    @Override
    public <A> A ask(Question<A> question) {
        try {
            byte[] answer = run(
                    question.function(), FunctionJson.write(question.request().get()));
            return FunctionJson.readAnswer(answer, question.answer());
        } catch (FunctionFailure failure) {
            throw FunctionFailures.of(question.function(), FunctionErrorPayload.of(failure));
        }
    }

    private byte[] run(BakeryFunction function, byte[] request) {
        return switch (function) {
            case FIND_FOUNDATION_IMAGE -> findFoundationImage.handle(request);
            case CLEAN_UP_IMAGES ->
                cleanUpImages.handleUntil(request, clock.instant().plus(CLEANS_UP_WITHIN));
        };
    }
}
