package org.amibakery.function;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.amibakery.lambdas.FunctionErrorPayload;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.lambdas.foundation.FindFoundationImageFunction;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Runs the functions' own code in this process, for installations without Lambda. */
public final class InProcessFunctions implements FunctionInvoker {
    /** The activity that asks has five minutes; the rest is for the image in hand and the answer. */
    private static final Duration CLEANS_UP_WITHIN = Duration.ofMinutes(4);

    private final Function<Region, Ec2Client> ec2;
    private final Clock clock;

    /** Takes the clients, and the clock by which images age. */
    public InProcessFunctions(Function<Region, Ec2Client> ec2, Clock clock) {
        this.ec2 = ec2;
        this.clock = clock;
    }

    @Override
    public <A> A ask(Question<A> question) {
        try {
            byte[] answer = run(question, FunctionJson.write(question.request().get()));
            return FunctionJson.readAnswer(answer, question.answer());
        } catch (FunctionFailure failure) {
            throw FunctionFailures.of(question.function(), FunctionErrorPayload.of(failure));
        }
    }

    /** The functions know regions by name, all of one account: that of the question. */
    private byte[] run(Question<?> question, byte[] request) {
        RegionalEc2 ofAccount = name -> ec2.apply(question.region().sibling(name));
        return switch (question.function()) {
            case FIND_FOUNDATION_IMAGE -> new FindFoundationImageFunction(ofAccount, clock).handle(request);
            case CLEAN_UP_IMAGES ->
                new CleanUpImagesFunction(ofAccount, clock)
                        .handleUntil(request, clock.instant().plus(CLEANS_UP_WITHIN));
        };
    }
}
