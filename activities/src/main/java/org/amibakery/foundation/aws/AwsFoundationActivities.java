package org.amibakery.foundation.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.aws.AwsClients;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.foundation.FoundationActivities;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.function.BakeryFunction;
import org.amibakery.function.Functions;
import org.amibakery.function.Question;
import org.amibakery.lambdas.foundation.FoundationImageAnswer;
import org.amibakery.lambdas.foundation.FoundationImageQuery;
import org.amibakery.recipe.Foundation;
import org.amibakery.watch.Crowd;
import org.amibakery.watch.SharedReads;

/**
 * Finds foundation images by the function {@code find-foundation-image}, whose answer is not believed: EC2 is asked
 * again whose the image is.
 */
public final class AwsFoundationActivities implements FoundationActivities {
    private final Functions functions;
    private final FoundationImageCheck check;
    private final Crowd crowd;
    private final Map<FindFoundationImage, SharedReads<FindFoundationImage, FoundationImage>> searches =
            new ConcurrentHashMap<>();

    /** Takes the ways to ask a function, and the clients that check its answer. */
    public AwsFoundationActivities(Functions functions, AwsClients clients) {
        this(functions, clients, new Crowd());
    }

    /** Takes also those who may share an answer: many bakes that begin at once look for the same image. */
    public AwsFoundationActivities(Functions functions, AwsClients clients, Crowd crowd) {
        this.functions = requireNonNull(functions, "functions");
        this.check = new FoundationImageCheck(clients);
        this.crowd = requireNonNull(crowd, "crowd");
    }

    @Override
    public FoundationImage find(FindFoundationImage request) {
        try {
            return searches.computeIfAbsent(
                            request, same -> new SharedReads<>(crowd, 1, keys -> Map.of(request, search(request))))
                    .read(Set.of(request))
                    .get(request);
        } catch (ApplicationFailure refused) {
            if (refused.isNonRetryable()) {
                return search(request); // what is final depends on the age of whose activity it is
            }
            throw refused;
        }
    }

    private FoundationImage search(FindFoundationImage request) {
        FoundationImageAnswer answer = request.function()
                .map(functions::onLambda)
                .orElseGet(functions::inProcess)
                .ask(new Question<>(
                        BakeryFunction.FIND_FOUNDATION_IMAGE,
                        request.region(),
                        () -> query(request),
                        FoundationImageAnswer.class));
        return check.trusted(request, answer.imageId());
    }

    private static FoundationImageQuery query(FindFoundationImage request) {
        Foundation foundation = request.foundation();
        return new FoundationImageQuery(
                foundation.name(),
                foundation.owners(),
                foundation.architecture().text(),
                request.region().name(),
                foundation.includeDeprecated());
    }
}
