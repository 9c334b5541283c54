package org.amibakery.image.aws;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.Refusals;
import org.amibakery.aws.SsmErrors;
import org.amibakery.failure.Blame;
import org.amibakery.failure.LastSighting;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.image.PublishImage;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * Lets a parameter name an image, and believes it only once it was read back: SSM answers a value of this data type before
 * it has asked EC2 whether there is such an image, and drops it silently if not (PutParameter, DataType).
 */
final class ImageParameter {
    /** The failure type of a value that SSM took and never showed. */
    static final String NOT_WRITTEN = "ParameterNotWritten";

    private static final String IMAGE = "aws:ec2:image";

    /** SSM asks EC2 within seconds; after this long it has dropped the value. */
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(2);

    private final AwsClients clients;

    ImageParameter(AwsClients clients) {
        this.clients = clients;
    }

    void publish(PublishImage request) {
        ActivityExecutionContext activity = Activity.getExecutionContext();
        if (names(request)) {
            return;
        }
        if (activity.getHeartbeatDetails(LastSighting.class).isEmpty()) {
            put(request);
            activity.heartbeat(new LastSighting(request.parameter(), "put"));
        }
        if (names(request)) {
            return;
        }
        Instant since = Instant.ofEpochMilli(activity.getInfo().getScheduledTimestamp());
        boolean overdue = since.plus(WRITTEN_WITHIN).isBefore(Clock.systemUTC().instant());
        throw overdue ? notWritten(request) : notYet(request);
    }

    private boolean names(PublishImage request) {
        Region region = request.image().region();
        SsmClient ssm = clients.ssm(region);
        Optional<Parameter> found = SsmErrors.READ.guard("GetParameter", region, () -> {
            try {
                return Optional.of(
                        ssm.getParameter(get -> get.name(request.parameter())).parameter());
            } catch (ParameterNotFoundException none) {
                return Optional.empty();
            }
        });
        return found.filter(parameter ->
                        parameter.value().equals(request.image().id().value()))
                .isPresent();
    }

    private void put(PublishImage request) {
        Region region = request.image().region();
        PutParameterRequest put = PutParameterRequest.builder()
                .name(request.parameter())
                .value(request.image().id().value())
                .type(ParameterType.STRING)
                .dataType(IMAGE)
                .overwrite(true)
                .build();
        SsmErrors.PUT_PARAMETER.guard(
                "PutParameter", region, () -> clients.ssm(region).putParameter(put));
    }

    private static ApplicationFailure notYet(PublishImage request) {
        ApplicationFailure notYet = ApplicationFailure.newBuilder()
                .setType("NotYet")
                .setMessage("Parameter %s does not name %s yet."
                        .formatted(request.parameter(), request.image().id()))
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setNextRetryDelay(LOOK_AGAIN_AFTER)
                .build();
        notYet.setStackTrace(new StackTraceElement[0]);
        return notYet;
    }

    private static ApplicationFailure notWritten(PublishImage request) {
        return Refusals.failure(
                new Refusal("PutParameter", NOT_WRITTEN, Reaction.GIVE_UP, Blame.ACCOUNT_OWNER),
                "SSM took %s as the value of %s in %s, but dropped it. The parameter names what it named before. Allow"
                        + " ec2:DescribeImages to the worker's role, then put the parameter by hand or bake again.",
                request.image().id(),
                request.parameter(),
                request.image().region());
    }
}
